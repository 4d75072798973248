export { createStacks } from "./create-stacks.ts";
export { type Deployment, deploymentOf } from "./deployment.ts";
