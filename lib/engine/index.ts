export * from "./engine.ts";
export { findRoute } from "./find-route.ts";
export { type EntityName, entityKey, sourceIdentity, type TokenMaker } from "./identity.ts";
export { personsOf } from "./people.ts";
export { referenceEngine } from "./reference-engine.ts";
export { joinSegments } from "./segments.ts";
