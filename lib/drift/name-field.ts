import type { FieldDecl } from "#policy";

/** What a field of a message is called, in protobuf and in events. */
export type Named = Pick<FieldDecl, "name" | "wireName" | "hasJsonName">;

export interface NewName extends Named {
  /** The field beside it that has to say its key first, or protobuf takes the two for one. */
  readonly clash?: Named;
}

/**
 * Names a field after its key in events.
 *
 * Protobuf gives a field without a `json_name` its name in camel case for the key, and refuses two fields of a message whose
 * names, or whose keys, are the same by that (https://protobuf.dev/programming-guides/json, read 2026-11-22).
 */
export function nameField(key: string, others: readonly Named[]): NewName {
  const name = toName(key, new Set(others.map((other) => camelCase(other.name))));
  const hasJsonName = name !== key || others.some(({ wireName }) => wireName === camelCase(name));
  const clash = others.find((other) => !other.hasJsonName && camelCase(other.name) === key);
  return { name, wireName: key, hasJsonName, ...(hasJsonName && clash && { clash }) };
}

function toName(key: string, taken: ReadonlySet<string>): string {
  const name = key.replaceAll("-", "_");
  const start = /^[A-Za-z]/.test(name) ? name : `field${name}`;
  return taken.has(camelCase(start)) ? `${start}_as_sent` : start;
}

function camelCase(name: string): string {
  return name.replaceAll(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
}
