import { getMember, type JsonObject, type JsonValue, parseJson, writeJson } from "#json";
import type { Op, OpValue } from "#plan";
import { EVERYTHING, type OpOracle, type Original, type Sample } from "./op-oracle.ts";

/** Tells whether an output is a form in which a chain lets a value leave. */
export type PermitsChain = (ops: readonly Op[], original: Original, output: Sample) => boolean;

/** A member that an op names, and what it does to its value. */
interface NamedKey {
  readonly name: string;
  readonly ops: readonly Op[];
}

/** Named members of an open object stay, each as its own transforms say; everything else goes. */
export function createKeepKeysOracle(permits: PermitsChain): OpOracle {
  return {
    shows: () => EVERYTHING,
    permits(op, original, output) {
      const [before, after] = [read(original), read(output)];
      return isObject(before) && isObject(after) && permitsMembers(op, { before, after, original, permits });
    },
    hides: (_, one, other) => one.text === other.text,
  };
}

/** Lists the names that an op and those inside it keep. */
export function listKeptNames(op: Op): readonly string[] {
  return keysOf(op).flatMap(({ name, ops }) => [name, ...ops.flatMap(listKeptNames)]);
}

interface Members {
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly original: Original;
  readonly permits: PermitsChain;
}

function permitsMembers(op: Op, { before, after, original, permits }: Members): boolean {
  const keys = new Map(keysOf(op).map(({ name, ops }) => [name, ops]));
  return after.members.every(({ name, value }) => {
    const [ops, from] = [keys.get(name), getMember(before, name)];
    if (ops === undefined || from === undefined) return false;
    const isPermitted = (one: JsonValue, other: JsonValue) =>
      permits(ops, { ...sampleOf(one), canaries: original.canaries }, sampleOf(other));
    if (value.kind !== "array") return from.kind !== "array" && isPermitted(from, value);
    return from.kind === "array" && value.items.every((item) => from.items.some((each) => isPermitted(each, item)));
  });
}

function keysOf({ keys }: Op): readonly NamedKey[] {
  return Array.isArray(keys) ? keys.map(readKey) : [];
}

function readKey(key: OpValue): NamedKey {
  const { name = "", transforms = [] } = Object(key) as { name?: string; transforms?: readonly object[] };
  const ops = transforms.flatMap((transform) =>
    Object.entries(transform).map(([op, parameters]) => ({ ...parameters, op })),
  );
  return { name, ops };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return value?.kind === "object";
}

const MAX_DEPTH = 65;

function read({ kind, text }: Sample): JsonValue | undefined {
  const parsed = kind === "object" ? parseJson(text, { maxDepth: MAX_DEPTH }) : undefined;
  return parsed !== undefined && "value" in parsed ? parsed.value : undefined;
}

function sampleOf(value: JsonValue): Sample {
  return { kind: value.kind, text: value.kind === "string" ? value.text : writeJson(value) };
}
