import type { JsonMember, JsonObject, JsonValue } from "./value.ts";

/** A part of a JSON value, with the way from the root to where it stood: for each step what `PieceStep` says. */
export interface JsonPiece {
  readonly steps: readonly PieceStep[];
  readonly value: JsonValue;
}

/** Which of its siblings: its position, and of a member the name. */
export interface PieceStep {
  readonly position: number;
  readonly name?: string;
}

/**
 * Divides a value among owners into as few pieces as there can be: a container goes as one where all of it has one owner.
 *
 * `ownerOf` tells whose a value is as a whole; undefined = that of what is inside, and `nobody` where there is nothing inside.
 */
export function divideJson<Owner>(
  root: JsonValue,
  ownerOf: (value: JsonValue) => Owner | undefined,
  nobody: Owner,
): ReadonlyMap<Owner, readonly JsonPiece[]> {
  const pieces = new Map<Owner, JsonPiece[]>();
  const give = ({ owner, ...piece }: OwnedPiece<Owner>) => {
    const own = pieces.get(owner) ?? [];
    own.push(piece);
    pieces.set(owner, own);
  };
  const divide = (value: JsonValue, steps: readonly PieceStep[]): readonly OwnedPiece<Owner>[] => {
    const inside = ownerOf(value) === undefined ? childrenOf(value) : [];
    if (inside.length === 0) return [{ steps, value, owner: ownerOf(value) ?? nobody }];
    const found = inside.map(([step, child]) => divide(child, [...steps, step]));
    const owners = new Set(found.flat().map(({ owner }) => owner));
    const [owner] = owners;
    return owners.size === 1 && owner !== undefined ? [{ steps, value, owner }] : found.flat();
  };
  divide(root, []).forEach(give);
  return pieces;
}

/** Puts pieces together again. Where one is missing, its siblings close up. */
export function joinPieces(pieces: readonly JsonPiece[]): JsonValue | undefined {
  const whole = pieces.find(({ steps }) => steps.length === 0);
  if (whole !== undefined || pieces.length === 0) return whole?.value;
  const children = new Map<number, JsonPiece[]>();
  for (const {
    steps: [first, ...steps],
    value,
  } of pieces) {
    if (first === undefined) continue;
    const own = children.get(first.position) ?? [];
    own.push({ steps, value });
    children.set(first.position, own);
  }
  const names = new Map(pieces.map(({ steps: [first] }) => [first?.position, first?.name]));
  const joined = [...children]
    .sort(([a], [b]) => a - b)
    .map(([position, own]) => ({ name: names.get(position), value: joinPieces(own) }));
  const members = joined.flatMap(({ name, value }): readonly JsonMember[] =>
    name === undefined || value === undefined ? [] : [{ name, value }],
  );
  if (members.length > 0) return { kind: "object", members };
  return { kind: "array", items: joined.flatMap(({ value }) => value ?? []) };
}

/** Writes pieces as JSON: `[[[0,"data"],[2]],value]` is the third item of the root's first member, `data`. */
export function writePieces(pieces: readonly JsonPiece[]): JsonValue {
  return list(pieces.map(({ steps, value }) => list([list(steps.map(writeStep)), value])));
}

/** Reads what `writePieces` wrote, and nothing else. */
export function readPieces(written: JsonValue): readonly JsonPiece[] {
  return itemsOf(written).flatMap((piece) => {
    const [steps, value] = itemsOf(piece);
    return steps === undefined || value === undefined ? [] : [{ steps: itemsOf(steps).map(readStep), value }];
  });
}

interface OwnedPiece<Owner> extends JsonPiece {
  readonly owner: Owner;
}

function childrenOf(value: JsonValue): readonly (readonly [PieceStep, JsonValue])[] {
  if (value.kind === "array") return value.items.map((item, position) => [{ position }, item]);
  return value.kind === "object" ? membersOf(value) : [];
}

function membersOf({ members }: JsonObject): readonly (readonly [PieceStep, JsonValue])[] {
  return members.map(({ name, value }, position) => [{ position, name }, value]);
}

function writeStep({ position, name }: PieceStep): JsonValue {
  const at: JsonValue = { kind: "number", text: String(position) };
  return list(name === undefined ? [at] : [at, { kind: "string", text: name }]);
}

function readStep(written: JsonValue): PieceStep {
  const [at, name] = itemsOf(written);
  const position = at?.kind === "number" ? Number(at.text) : 0;
  return name?.kind === "string" ? { position, name: name.text } : { position };
}

function list(items: readonly JsonValue[]): JsonValue {
  return { kind: "array", items };
}

function itemsOf(value: JsonValue): readonly JsonValue[] {
  return value.kind === "array" ? value.items : [];
}
