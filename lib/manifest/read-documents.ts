import { isScalar, LineCounter, parseAllDocuments, type Document as YamlDocument } from "yaml";
import type { Diagnostic } from "#errors";
import { checkNode, type DocumentFault, ROOT } from "./check-node.ts";
import { KIND_NAMES, type KindName, ruleOf, type SpecOf } from "./rules.ts";

/** A YAML file of deployment documents. */
export interface ManifestFile {
  /** Path below the policies directory. */
  readonly path: string;
  readonly text: string;
}

/** A document that keeps the rules of its kind. */
export type ManifestDocument = { readonly [K in KindName]: DocumentOf<K> }[KindName];

interface DocumentOf<K extends KindName> {
  readonly kind: K;
  readonly name: string;
  readonly spec: SpecOf<K>;
  /** Makes a diagnostic about what stands at a path of the document. */
  diagnose(path: readonly string[], fault: DocumentFault): Diagnostic;
}

export interface ReadDocuments {
  readonly documents: readonly ManifestDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the documents of a file, divided by `---`: those that keep the rules of their kind, and what is wrong with the others. */
export function readDocuments({ path, text }: ManifestFile): ReadDocuments {
  const lineCounter = new LineCounter();
  const yaml = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  const pointAt: PointAt = (offset, { message, help }) => {
    const { line, col: column } = lineCounter.linePos(offset);
    return { code: "MANIFEST_INVALID", file: path, line, column, message, ...(help !== undefined && { help }) };
  };
  // Of an empty file, the parser returns no list of documents but a mark that says so.
  const read = [...yaml].filter(isNotEmpty).map((document) => readDocument(document, pointAt));
  return {
    documents: read.flatMap(({ documents }) => documents),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Makes a diagnostic about the place at an offset of the file. */
type PointAt = (offset: number, fault: DocumentFault) => Diagnostic;

/** Nothing but comments is no document; so is what stands before a first `---`. */
function isNotEmpty({ contents, errors }: YamlDocument): boolean {
  return errors.length > 0 || (contents !== null && !(isScalar(contents) && contents.value === null));
}

function readDocument(yaml: YamlDocument.Parsed, pointAt: PointAt): ReadDocuments {
  if (yaml.errors.length > 0) {
    const diagnostics = yaml.errors.map(({ pos: [offset], message }) =>
      pointAt(offset, { message: `expected YAML, got: ${message}` }),
    );
    return { documents: [], diagnostics };
  }
  const kind = KIND_NAMES.find((name) => name === yaml.get("kind"));
  const place = (fault: DocumentFault) => pointAt(fault.node?.range?.[0] ?? yaml.range[0], fault);
  const faults = checkNode(yaml.contents ?? undefined, ruleOf(kind), ROOT);
  if (kind === undefined || faults.length > 0) return { documents: [], diagnostics: faults.map(place) };
  const { metadata, spec } = yaml.toJS() as { readonly metadata: { readonly name: string }; readonly spec: object };
  const diagnose = (path: readonly string[], fault: DocumentFault) =>
    place({ ...fault, node: yaml.getIn(path, true) as DocumentFault["node"] });
  // The rules of the kind are kept, so the spec is what they say.
  return { documents: [{ kind, name: metadata.name, spec, diagnose } as ManifestDocument], diagnostics: [] };
}
