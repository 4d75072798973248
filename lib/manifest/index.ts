export { loadManifests } from "./load-manifests.ts";
export { type Manifests, parseManifests } from "./manifests.ts";
export type { ManifestFile } from "./read-documents.ts";
export { type Places, type SpaceFacts, spaceFacts } from "./space-facts.ts";
