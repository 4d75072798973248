import type { JsonArray, JsonMember, JsonObject, JsonValue } from "#json";
import { type Op, type OpValue, REVEALS, type Reveal } from "#plan";
import { chainReveals, type FindTransform } from "./chain-reveals.ts";
import { checkOp } from "./check-op.ts";
import { JSON_KINDS } from "./json-kinds.ts";
import type { Apply, Transform, TransformContext } from "./transform.ts";

/** A member that stays, and what becomes of its value. */
interface KeptKey {
  readonly name: string;
  readonly ops: readonly Op[];
}

/**
 * Creates `keep_keys`, which applies the other transforms, itself included.
 *
 * @param find finds a transform by its name
 */
export function createKeepKeys(find: FindTransform): Transform {
  return {
    ...FACTS,
    reveals: (op) => sumOf(keptKeys(op).map(({ ops }) => chainReveals(ops, find))),
    check: (op) => checkKeys(op, find),
    prepare(op) {
      const kept = new Map(keptKeys(op).map(({ name, ops }) => [name, prepareValue(ops, find)]));
      return (value, context) => (value.kind === "object" ? keepMembers(value, kept, context) : undefined);
    },
  };
}

const FACTS: Omit<Transform, "reveals" | "check" | "prepare"> = {
  name: "keep_keys",
  summary: "Keeps the named members of an object whose fields nobody declared, each treated in its own way.",
  parameters: [
    {
      name: "keys",
      type: "keys",
      summary: "the members that stay, each by its name and with transforms of its own; none keeps the value",
      default: "not allowed: at least one",
    },
  ],
  accepts: JSON_KINDS,
  yields: () => "same",
  forKinds: ["OPEN_OBJECT"],
  resultLength: "tells",
  uses: ["pseudonymKey", "seal", "inside"],
  failures: [
    "A value that is no object is left out.",
    "A named member that is an object is left out, unless its first transform is `keep_keys`, `encrypt` or `constant`; of an array each item is treated, and arrays in it are left out.",
    "Which of the named members are there shows, and how many items a list in one has.",
  ],
  examples: [
    {
      title: "keeps one member and masks another",
      op: {
        op: "keep_keys",
        keys: [{ name: "plan" }, { name: "email", transforms: [{ mask_email: {} }] }],
      },
      kind: "OPEN_OBJECT",
      input: `{"plan":"gold","email":"alice@example.com","notes":"call her"}`,
      output: `{"plan":"gold","email":"a***@example.com"}`,
    },
    {
      title: "keeps a member of a member, and texts of a list",
      op: {
        op: "keep_keys",
        keys: [{ name: "roles" }, { name: "address", transforms: [{ keep_keys: { keys: [{ name: "country" }] } }] }],
      },
      kind: "OPEN_OBJECT",
      input: `{"address":{"street":"Main St","country":"DE"},"roles":["editor",{"since":2020}]}`,
      output: `{"address":{"country":"DE"},"roles":["editor"]}`,
    },
    {
      title: "leaves a text out",
      op: { op: "keep_keys", keys: [{ name: "plan" }] },
      kind: "OPEN_OBJECT",
      input: `"gold"`,
      output: undefined,
    },
  ],
};

function keepMembers({ members }: JsonObject, kept: ReadonlyMap<string, Apply>, context: TransformContext): JsonObject {
  const left = members.flatMap(({ name, value }): readonly JsonMember[] => {
    const treated = kept.get(name)?.(value, context.inside(name));
    return treated === undefined ? [] : [{ name, value: treated }];
  });
  return { kind: "object", members: left };
}

/** Treats a plain value, and each plain item of an array; what is inside of objects is nobody's to keep. */
function prepareValue(ops: readonly Op[], find: FindTransform): Apply {
  const steps = ops.flatMap((op) => find(op.op)?.prepare(op) ?? []);
  const takesObjects = find(ops[0]?.op ?? "")?.accepts.includes("object") === true;
  const treat: Apply = (value, context) => {
    if (value.kind === "null" || value.kind === "array" || (value.kind === "object" && !takesObjects)) return undefined;
    let result: JsonValue | undefined = value;
    for (const step of steps) result = result && step(result, context);
    return result;
  };
  return (value, context) => (value.kind === "array" ? treatItems(value, treat, context) : treat(value, context));
}

function treatItems({ items }: JsonArray, treat: Apply, context: TransformContext): JsonArray {
  const left: JsonValue[] = [];
  for (const item of items) {
    const treated = treat(item, context.inside(left.length));
    if (treated !== undefined) left.push(treated);
  }
  return { kind: "array", items: left };
}

/** What shows of an object by the facts of its members: which of them are there, and of lists, how many items. */
function sumOf(members: readonly (readonly Reveal[])[]): readonly Reveal[] {
  const inside = new Set(members.flat());
  if (inside.has("ALL")) return ["ALL"];
  const around: readonly Reveal[] = inside.size === 0 ? ["PRESENCE", "PARTIAL"] : ["PRESENCE", "LENGTH", "PARTIAL"];
  return REVEALS.filter((reveal) => inside.has(reveal) || around.includes(reveal));
}

function checkKeys(op: Op, find: FindTransform): string | undefined {
  const keys = keptKeys(op);
  if (keys.length === 0) return "expected at least one key in keys, got none";
  if (keys.some(({ name }) => name === "")) return "expected a name for each of keys, got none";
  const twin = keys.find(({ name }, index) => keys.findIndex((other) => other.name === name) < index);
  if (twin !== undefined) return `expected each of keys once, got ${twin.name} twice`;
  const [breach] = keys.flatMap(({ name, ops }) =>
    ops.flatMap((inner) => checkInner(inner, find)).map((found) => `${found} at the key ${name}`),
  );
  return breach;
}

function checkInner(op: Op, find: FindTransform): readonly string[] {
  const transform = find(op.op);
  return transform === undefined
    ? [`expected a transform of this version, got ${op.op || "an empty entry"}`]
    : checkOp(transform, op);
}

/** Reads the keys; what is not of their shape is no key. */
function keptKeys({ keys = [] }: Op): readonly KeptKey[] {
  return Array.isArray(keys) ? keys.map(toKey) : [];
}

function toKey(key: OpValue): KeptKey {
  const name = memberOf(key, "name");
  const transforms = memberOf(key, "transforms");
  return { name: typeof name === "string" ? name : "", ops: Array.isArray(transforms) ? transforms.map(toOp) : [] };
}

/** Turns `{ mask: { keep: 4 } }`, as policies write it, into `{ op: "mask", keep: 4 }`. */
function toOp(transform: OpValue): Op {
  const [[op, parameters] = ["", {}]] = Object.entries(Object(transform) as Readonly<Record<string, object>>);
  return { ...parameters, op };
}

function memberOf(value: OpValue, name: string): OpValue | undefined {
  return typeof value === "object" && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, OpValue>>)[name]
    : undefined;
}
