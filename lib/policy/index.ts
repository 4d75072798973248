export { type BuildOptions, buildDescriptors, type Descriptors, shippedPoliciesDir } from "./build.ts";
export { type CompileOptions, compilePolicy } from "./compile.ts";
export { type CellGroup, groupCells } from "./matrix/group-cells.ts";
export { type CellStanding, findExceptions, standingOf } from "./matrix/standing.ts";
export {
  type CellInfo,
  type MatrixRow,
  ORIGIN_RULES,
  type Origin,
  type OriginRule,
  type OutputCell,
  type Policy,
  TRANSPORT,
} from "./policy.ts";
export type { FieldDecl, MessageDecl, TypeDecl } from "./source/declarations.ts";
export { type Declarations, type DeclaredPlace, type EventType, readDeclarations } from "./source/find-place.ts";
export { LOCAL_SPACE, type SpaceFacts } from "./space.ts";
