import { resolve } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { loadManifests, spaceFacts } from "#manifest";
import { buildDescriptors, compilePolicy, shippedPoliciesDir } from "#policy";
import { createStacks, deploymentOf } from "#stacks";
import { bundleEnforcer } from "./bundle-lambdas.ts";

/**
 * The CDK app: one Space of the deployment documents, with the policy compiled for it.
 *
 * Context: `-c policies=DIR` (default: the shipped policies), `-c space=NAME` (needed where there are several).
 */
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const policiesDir = app.node.tryGetContext("policies") ?? shippedPoliciesDir();
const manifests = await loadManifests(policiesDir);
const space = spaceFacts(manifests, app.node.tryGetContext("space"));
if (space === undefined) throw new Error("expected a Space in policies/deployments, got none: add one to deploy");

const descriptors = await buildDescriptors({ policiesDir, cacheDir: resolve("cdk.out", ".policy") });
const policy = compilePolicy(descriptors, { space, today: new Date().toISOString().slice(0, 10) });
createStacks(app, deploymentOf(manifests, space.name, policy.plans), await bundleEnforcer());
