import { NEWEST_SCRIPT, NEWEST_SCRIPT_BODY } from "../layouts/newest-script.ts";
import type { Clock } from "../ports.ts";
import type { SearchIndex } from "../search-index.ts";
import type { Post, PostAnswer } from "./signed-post.ts";

/** Longest wait for one answer about the script. */
const ANSWER_MS = 5_000;

/**
 * Sees to it that the cluster has the script by which states are compared; tells whether it may be tried no more.
 *
 * Where that is not allowed, others have to install it (`PUT _scripts/<id>`): writing without it is a retry.
 */
export async function ensureScript(post: Post): Promise<boolean> {
  const found = await ask(post, "GET");
  if (found === undefined) return false;
  if (found.status === 401 || found.status === 403) return true;
  if (found.status === 200 && sourceIn(found) === NEWEST_SCRIPT.source) return true;
  if (found.status !== 200 && found.status !== 404) return false;
  const { status = 0 } = (await ask(post, "PUT", NEWEST_SCRIPT_BODY)) ?? {};
  return status === 200 || status === 401 || status === 403;
}

/** No answer is one too: an index that is down at the start is asked again before it is written to. */
async function ask(post: Post, method: "GET" | "PUT", body = ""): Promise<PostAnswer | undefined> {
  const request = { method, path: `_scripts/${NEWEST_SCRIPT.id}`, query: {}, body: Buffer.from(body) };
  try {
    return await post({ ...request, headers: { "content-type": "application/json" } }, ANSWER_MS);
  } catch {
    return undefined;
  }
}

function sourceIn({ body }: PostAnswer): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString()).script?.source;
  } catch {
    return undefined;
  }
}

export interface ScriptedOptions {
  readonly index: SearchIndex;
  readonly clock: Pick<Clock, "nowMs">;
  ensure(): Promise<boolean>;
}

/** Makes an index that has its script before it is written to, as far as that can be seen to; asks at the start already. */
export async function withScript({ index, clock, ensure }: ScriptedOptions): Promise<SearchIndex> {
  let isReady = await ensure();
  return {
    async write(items, deadlineMs) {
      if (!isReady && clock.nowMs() + 2 * ANSWER_MS < deadlineMs) isReady = await ensure();
      return index.write(items, deadlineMs);
    },
  };
}
