import { PolicyError } from "#errors";
import { checkReferences } from "./check-references.ts";
import { type ManifestFile, readDocuments } from "./read-documents.ts";
import type { KindName, SpecOf } from "./rules.ts";

/** What is deployed where. Names are unique within a kind, and whatever one names is there. */
export interface Manifests {
  /** Customer environments, each in one account and region. */
  readonly spaces: readonly Named<"Space">[];
  /** The regional points of presence above them. */
  readonly pops: readonly Named<"Pop">[];
  /** The global centre: at most one. */
  readonly centrals: readonly Named<"Central">[];
  /** Auth0's streams into the Spaces. */
  readonly eventStreams: readonly Named<"Auth0EventStream">[];
  readonly logStreams: readonly Named<"Auth0LogStream">[];
  /** The search clusters that processors write to. */
  readonly searchEndpoints: readonly Named<"SearchEndpoint">[];
}

type Named<K extends KindName> = SpecOf<K> & { readonly name: string };

/**
 * Reads deployment documents.
 *
 * @throws {PolicyError} with every place that is no YAML, breaks the rules of its kind, or names what is not there
 */
export function parseManifests(files: readonly ManifestFile[]): Manifests {
  const read = files.map(readDocuments);
  const documents = read.flatMap(({ documents }) => documents);
  const broken = read.flatMap(({ diagnostics }) => diagnostics);
  // A document that is broken may be the one that another names.
  const diagnostics = broken.length > 0 ? broken : checkReferences(documents);
  if (diagnostics.length > 0) throw new PolicyError(diagnostics);
  return {
    spaces: documents.flatMap(({ kind, name, spec }) => (kind === "Space" ? { name, ...spec } : [])),
    pops: documents.flatMap(({ kind, name, spec }) => (kind === "Pop" ? { name, ...spec } : [])),
    centrals: documents.flatMap(({ kind, name, spec }) => (kind === "Central" ? { name, ...spec } : [])),
    eventStreams: documents.flatMap(({ kind, name, spec }) => (kind === "Auth0EventStream" ? { name, ...spec } : [])),
    logStreams: documents.flatMap(({ kind, name, spec }) => (kind === "Auth0LogStream" ? { name, ...spec } : [])),
    searchEndpoints: documents.flatMap(({ kind, name, spec }) => (kind === "SearchEndpoint" ? { name, ...spec } : [])),
  };
}
