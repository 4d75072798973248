import { join } from "node:path";
import type { Io } from "../io.ts";
import { choosePolicy } from "./load-policy.ts";

/** Finds the Auth0 pack of the policy files that the user names, else the one that ships. */
export function packFolder({ policies }: { readonly policies?: string }, io: Io): string {
  return join(choosePolicy({ ...(policies !== undefined && { policies }) }, io).policiesDir, "auth0");
}
