export { type ChainBreach, checkChain, type Field } from "./check-chain.ts";
export { checkOp } from "./check-op.ts";
export { leavesNothing } from "./leaves-nothing.ts";
export { listLeaving } from "./list-leaving.ts";
export { prepareChain } from "./prepare-chain.ts";
export { revealsOfChain } from "./reveals.ts";
export { TRANSFORMS, type TransformName } from "./table.ts";
export * from "./transform.ts";
export { yieldsOf } from "./yields-of.ts";
