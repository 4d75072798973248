import type { JsonKind } from "#json";
import type { Cell, Kind, Op } from "#plan";
import { revealsOfChain, TRANSFORMS, yieldsOf } from "#transforms";

/** An OpenSearch mapping type, as far as we use it. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Longest string that is indexed: Lucene refuses terms over 32,766 bytes, and one character has up to four. */
export const LONGEST_KEYWORD = 8_191;

export const KEYWORD = { type: "keyword", ignore_above: LONGEST_KEYWORD } as const;

/** Stored, and not looked into: open values and maps. `flat_object` would refuse the document of a long value inside. */
export const UNINDEXED: Mapping = { type: "object", enabled: false };

/** One value that is none of the type is kept and not indexed, so that it costs no event. */
const LENIENT = { ignore_malformed: true } as const;

const TEXT: Mapping = { type: "text", fields: { keyword: { type: "keyword", ignore_above: 256 } } };

/** What texts of a kind are as long as they are themselves. What is here no more is looked for as it is written. */
const TEXTS: Readonly<
  Partial<Record<Kind, { readonly mapping: Mapping; readonly holds: (ops: readonly Op[]) => boolean }>>
> = {
  TIMESTAMP: {
    mapping: { type: "date", format: "strict_date_optional_time_nanos", ...LENIENT },
    holds: (ops) => areFor("TIMESTAMP", ops),
  },
  IP: { mapping: { type: "ip", ...LENIENT }, holds: (ops) => areFor("IP", ops) },
  COUNT: { mapping: { type: "long", ...LENIENT }, holds: (ops) => ops.length === 0 },
  FREE_TEXT: { mapping: TEXT, holds: areLegible },
  USER_AGENT: { mapping: TEXT, holds: areLegible },
  URL: { mapping: TEXT, holds: areLegible },
  PERSON_NAME: { mapping: TEXT, holds: areLegible },
  OBJECT_NAME: { mapping: TEXT, holds: areLegible },
};

/** The type of field that a search index makes of a cell's values; undefined where nothing of them leaves. */
export function indexFieldOf({ kinds, kind, ops, integer }: Cell): Mapping | undefined {
  const left = yieldsOf(kinds, ops);
  if (left.length === 0) return undefined;
  if (left.includes("object") || left.includes("array")) return UNINDEXED;
  if (isOnly("boolean", left)) return { type: "boolean" };
  const text = TEXTS[kind];
  if (isOnly("number", left)) return { type: integer || kind === "COUNT" ? "long" : "double", ...LENIENT };
  const isOfKind = text?.holds(ops) === true && (kind === "COUNT" || isOnly("string", left));
  return isOfKind ? text.mapping : KEYWORD;
}

function isOnly(kind: JsonKind, left: readonly JsonKind[]): boolean {
  return left.every((each) => each === kind);
}

function areFor(kind: Kind, ops: readonly Op[]): boolean {
  return ops.every(({ op }) => TRANSFORMS.get(op)?.forKinds?.includes(kind) === true);
}

/** Words are left to be found: what shows as much as the value itself. */
function areLegible(ops: readonly Op[]): boolean {
  return ops.length === 0 || revealsOfChain(ops).includes("ALL");
}
