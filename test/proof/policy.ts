import type { Policy } from "#policy";
import { buildModule, compile } from "#support/descriptors";

/** Folder of a policy that is small, and has a processor for each sink and a field of each sort. */
export const POLICY_FOLDER: string = new URL("policy", import.meta.url).pathname;

export function compileSmallPolicy(): Promise<Policy> {
  return buildModule(POLICY_FOLDER).then((descriptors) => compile(descriptors));
}
