import { tmpdir } from "node:os";
import { buildDescriptors, type Declarations, readDeclarations } from "#policy";
import type { Io } from "../io.ts";
import { openCacheDir } from "./cache-dir.ts";
import { choosePolicy, type PolicyOptions } from "./load-policy.ts";

/** Reads what the files of a policy declare. Loads protobuf and needs buf: import it only where that is needed. */
export async function openDeclarations(options: PolicyOptions, io: Io): Promise<Declarations> {
  const { policiesDir } = choosePolicy(options, io);
  return readDeclarations(await buildDescriptors({ policiesDir, cacheDir: openCacheDir(io) ?? tmpdir() }));
}
