export { type BuildOptions, buildDescriptors, type Descriptors, shippedPoliciesDir } from "./build.ts";
export { type CompileOptions, compilePolicy } from "./compile.ts";
export { renderMatrix } from "./matrix/render-matrix.ts";
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
export { LOCAL_SPACE, type SpaceFacts } from "./space.ts";
