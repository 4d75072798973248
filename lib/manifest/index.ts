export { loadManifests } from "./load-manifests.ts";
export { type Manifests, parseManifests } from "./manifests.ts";
export type { ManifestFile } from "./read-documents.ts";
export { type LocationDocuments, type SpaceFacts, spaceFacts } from "./space-facts.ts";
