export { createLocalKeys, type LocalKeys, type LocalKeysOptions } from "./local-keys.ts";
export { makeSecret, readSecret, writeSecret } from "./secret.ts";
