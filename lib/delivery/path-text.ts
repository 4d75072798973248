import type { PathShape } from "#engine";
import { joinPath } from "#json";
import { keyedToken } from "#keys";

/** Turns an undeclared name, which can be data, into what may be shown of it. */
export type ShowName = (name: string) => string;

/** Writes where a value stands. */
export function pathText({ at, undeclared }: PathShape, show: ShowName): string {
  return undeclared === undefined ? at : joinPath(at, show(undeclared));
}

/** Stands for a name without showing it: `?` and 8 hex digits, the same for the same name under the same key. */
export function nameDigest(name: string, key: Uint8Array): string {
  return `?${Buffer.from(keyedToken(key, [name]), "base64url").toString("hex", 0, 4)}`;
}
