import type { TransformContext } from "#transforms";
import type { CheckedCell } from "./check.ts";
import type { Occasion } from "./occasion.ts";
import { sealedTo } from "./payload.ts";
import { FENCED } from "./treat.ts";

/** What the transforms of one cell may use. Asking for the key of a fenced subject throws {@link FENCED}. */
export function cellContext({ at, place }: CheckedCell, deliveryId: string, occasion: Occasion): TransformContext {
  const { event, subjects, context, linked } = occasion;
  const { processor } = linked.plan;
  const { kind, about = "TARGET" } = place.cell;
  return {
    path: at,
    kind,
    nowMs: context.nowMs,
    random: (length) => context.random(length),
    pseudonymKey: () => context.keys.pseudonym({ scope: processor, kind, tenant: event.tenant ?? "" }),
    sealKey(scope) {
      const subject = scope === "SUBJECT" ? subjects.find(({ role }) => role === about) : undefined;
      const key = context.keys.seal(processor, subject);
      if (key === "fenced") throw FENCED;
      return { ...key, aad: sealedTo(linked.plan, deliveryId, at) };
    },
  };
}
