import type { JsonKind } from "#json";
import { type Kind, type Op, REVEALS } from "#plan";
import { checkOp } from "./check-op.ts";
import { strength } from "./reveals.ts";
import { TRANSFORMS, unknownTransform } from "./table.ts";
import type { Transform } from "./transform.ts";

/** The field that a chain treats. */
export interface Field {
  /** JSON types it may have. */
  readonly types: readonly JsonKind[];
  readonly kind: Kind;
}

/** Why an op cannot stand where it stands: `expected <what>, got <what>`, then what to do where that is not plain. */
export interface ChainBreach {
  /** Index of the op. */
  readonly at: number;
  readonly message: string;
}

/** Checks a chain for a field: transforms exist, parameters are valid, types and kind fit, no later op undoes a former. */
export function checkChain(ops: readonly Op[], field: Field): readonly ChainBreach[] {
  const breaches: ChainBreach[] = [];
  let before: Before = { types: field.types };
  for (const [at, op] of ops.entries()) {
    const transform = TRANSFORMS.get(op.op);
    if (transform === undefined) return [...breaches, { at, message: unknownTransform(op.op) }];
    const messages = [
      checkOp(transform, op),
      checkKind(transform, field),
      checkFit(transform, before),
      checkOrder(transform, op, before),
    ];
    breaches.push(...messages.flat().map((message) => ({ at, message })));
    before = passOn(transform, op, before);
  }
  return breaches;
}

/** What reaches an op from those before it. */
interface Before {
  /** JSON types of the value; empty behind an op that leaves nothing. */
  readonly types: readonly JsonKind[];
  /** Name of the last op, where nothing is left. */
  readonly ended?: string;
  /** Name of the first op whose result tells more by its length than the value does. */
  readonly teller?: string;
}

function passOn(transform: Transform, op: Op, before: Before): Before {
  const { name, resultLength } = transform;
  const yields = transform.yields(op);
  const teller = before.teller ?? (resultLength === "tells" ? name : undefined);
  const told = teller === undefined ? {} : { teller };
  if (yields === "none") return { ...told, types: [], ended: name };
  return { ...told, types: yields === "same" ? before.types : [yields] };
}

function checkKind({ name, forKinds }: Transform, { kind }: Field): readonly string[] {
  if (forKinds === undefined || forKinds.includes(kind)) return [];
  return [`expected a field of kind ${forKinds.join(" or ")} for ${name}, got ${kind}`];
}

function checkFit({ name, accepts }: Transform, { types, ended }: Before): readonly string[] {
  if (ended !== undefined) return [`expected nothing behind ${ended}, got ${name}`];
  const others = types.filter((type) => !accepts.includes(type));
  return others.length === 0 ? [] : [`expected ${accepts.join(" or ")} for ${name}, got ${others.join(" or ")}`];
}

function checkOrder(transform: Transform, op: Op, { teller }: Before): readonly string[] {
  const showsLength = strength(transform.reveals(op)) === REVEALS.indexOf("LENGTH");
  if (teller === undefined || !showsLength) return [];
  return [
    `expected no ${transform.name} behind ${teller}, got one: the length of what ${teller} leaves tells the value; use ${transform.name} alone`,
  ];
}
