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
} from "./value.ts";
