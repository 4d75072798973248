import { pointerTo, type Trail } from "#json";
import type { TransformContext } from "#transforms";
import type { CheckedCell } from "./check.ts";
import type { EventForPlan } from "./event-for-plan.ts";
import { keyHoldersOf } from "./owners.ts";
import { sealFor } from "./payload.ts";
import { FENCED } from "./treat.ts";

/**
 * What the transforms of one cell may use for the value that leaves at the trail's end.
 *
 * Sealing for a fenced subject throws {@link FENCED}.
 */
export function cellContext(
  checked: CheckedCell,
  trail: Trail,
  deliveryId: string,
  given: EventForPlan,
): TransformContext {
  const { event, context, linked } = given;
  const { kind } = checked.place.cell;
  const owner = { processor: linked.plan.processor };
  let seals = 0;
  return {
    path: checked.at,
    kind,
    nowMs: context.nowMs,
    pseudonymKey: () => context.keys.pseudonym({ owner, kind, tenant: event.tenant ?? "" }),
    seal(plaintext, scope) {
      const place = { deliveryId, path: pointerTo(trail), number: seals++ };
      const people = scope === "SUBJECT" ? keyHoldersOf(checked, given.people) : [];
      const envelope = sealFor(people, plaintext, place, given);
      if (envelope === "fenced") throw FENCED;
      return envelope;
    },
    inside: (step) => cellContext(checked, { above: trail, step }, deliveryId, given),
  };
}
