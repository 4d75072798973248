import type { Apply, TransformContext } from "./transform.ts";

/** Makes a treatment of strings of a treatment of their text; any other value is dropped. */
export function mapText(treat: (text: string, context: TransformContext) => string | undefined): Apply {
  return (value, context) => {
    const text = value.kind === "string" ? treat(value.text, context) : undefined;
    return text === undefined ? undefined : { kind: "string", text };
  };
}
