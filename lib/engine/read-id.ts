import { getPath, type JsonValue } from "#json";
import { canonicalSubjectId, type Path } from "#plan";

/** Reads the id at a path, in its canonical form; undefined where there is none. Numbers are ids too. */
export function readId(root: JsonValue, path: Path): string | undefined {
  const found = getPath(root, path);
  const isId = (found?.kind === "string" || found?.kind === "number") && found.text !== "";
  return isId ? canonicalSubjectId(found.text) : undefined;
}
