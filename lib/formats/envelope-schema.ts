import { ENRICHMENTS, ENVELOPE_FIELDS, ENVELOPE_VERSION, type EnvelopePart } from "#plan";

type JsonSchema = Readonly<Record<string, unknown>>;

const TEXT: JsonSchema = { type: "string" };
const NUMBER: JsonSchema = { type: "number" };

/**
 * The JSON Schema (2020-12) of the envelope: of the parts that a plan sends, or of all there are.
 *
 * Members that are not named may be there: a part can be added within a version.
 */
export function envelopeSchema(parts?: readonly EnvelopePart[]): JsonSchema {
  const all = [...ENVELOPE_FIELDS, ...ENRICHMENTS.map((name) => name.toLowerCase())].sort();
  const columns = new Map(parts?.map(({ name, column }) => [name, column]));
  const names = parts?.map(({ name }) => name) ?? all;
  const schemas = names.map((name) => [name, NUMBERS.has(name) || columns.get(name) === "DOUBLE" ? NUMBER : TEXT]);
  const properties = { v: { const: ENVELOPE_VERSION }, order: TEXT, ...Object.fromEntries(schemas) };
  return { type: "object", properties, required: ["v"] };
}

const NUMBERS: ReadonlySet<string> = new Set(["sample_rate"]);
