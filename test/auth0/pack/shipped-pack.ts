import { join } from "node:path";
import { shippedPoliciesDir } from "#policy";
import { listRoots } from "../../../lib/auth0/pack/import-pack.ts";
import { readPack } from "../../../lib/auth0/pack/pack-store.ts";

/** The folder of the shipped pack. */
export const PACK_FOLDER = join(shippedPoliciesDir(), "auth0");

/** The shipped pack and its messages. */
export const PACK = readPack(PACK_FOLDER);
export const ROOTS = listRoots({ schemas: PACK.schemas.logs, pending: PACK.pending.logs });
