export { CHARACTERS, isBlank } from "./characters.ts";
export { decodeUtf8 } from "./decode-utf8.ts";
export { escapeUnit } from "./escape-unit.ts";
export { getMember, getPath } from "./find.ts";
export { isJson } from "./is-json.ts";
export { isObject } from "./is-object.ts";
export { joinPath } from "./join-path.ts";
export { type JsonProblem, type ParsedJson, type ParseOptions, parseJson } from "./parse-json.ts";
export { divideJson, type JsonPiece, joinPieces, type PieceStep, readPieces, writePieces } from "./pieces.ts";
export { pointerTo, type Trail } from "./pointer.ts";
export { isReadable, isReadableName } from "./readable.ts";
export type {
  JsonArray,
  JsonBoolean,
  JsonKind,
  JsonMember,
  JsonNull,
  JsonNumber,
  JsonObject,
  JsonString,
  JsonValue,
  Span,
} from "./value.ts";
export { writeJson } from "./write-json.ts";
