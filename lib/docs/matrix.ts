import { tmpdir } from "node:os";
import { loadManifests, spaceFacts } from "#manifest";
import {
  buildDescriptors,
  compilePolicy,
  LOCAL_SPACE,
  type Policy,
  type SpaceFacts,
  shippedPoliciesDir,
} from "#policy";
import { document } from "./markdown.ts";
import { renderMatrix } from "./render-matrix.ts";

/** Renders what each processor of the shipped policy sees of each class and kind, and of the fields decided one by one. */
export async function renderShippedMatrix(): Promise<string> {
  const { policy, space } = await compileShippedPolicy();
  return document([
    "# Who sees what",
    `The shipped policy, compiled for the Space \`${space.name}\` in ${space.region}. \`shield check --matrix --all\` prints every field; \`shield explain --field PATH\` says why a field is decided as it is.`,
    renderMatrix(policy),
  ]);
}

/** Compiles the shipped policy as of today, for its Space. */
export async function compileShippedPolicy(): Promise<{ readonly policy: Policy; readonly space: SpaceFacts }> {
  const policiesDir = shippedPoliciesDir();
  const space = spaceFacts(await loadManifests(policiesDir)) ?? LOCAL_SPACE;
  const today = new Date().toISOString().slice(0, 10);
  return {
    space,
    policy: compilePolicy(await buildDescriptors({ policiesDir, cacheDir: tmpdir() }), { space, today }),
  };
}
