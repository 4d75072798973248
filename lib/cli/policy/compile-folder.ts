import { tmpdir } from "node:os";
import { loadManifests, spaceFacts } from "#manifest";
import { buildDescriptors, compilePolicy, LOCAL_SPACE, type Policy } from "#policy";
import type { PolicyChoice } from "./policy-key.ts";

/** Compiles the policy of a folder for a Space. Loads protobuf and needs buf: import it only where that is needed. */
export async function compileFolder(
  { policiesDir, space, today }: PolicyChoice,
  cacheDir: string = tmpdir(),
): Promise<Policy> {
  const facts = spaceFacts(await loadManifests(policiesDir), space) ?? LOCAL_SPACE;
  return compilePolicy(await buildDescriptors({ policiesDir, cacheDir }), { space: facts, today });
}
