import type { Op } from "#plan";
import { bucket } from "./bucket.ts";
import { constant } from "./constant.ts";
import { drop } from "./drop.ts";
import { encrypt } from "./encrypt.ts";
import { generalizeTime } from "./generalize-time.ts";
import { createKeepKeys } from "./keep-keys.ts";
import { mask } from "./mask.ts";
import { maskEmail } from "./mask-email.ts";
import { normalize } from "./normalize.ts";
import { pseudonymize } from "./pseudonymize.ts";
import { scrubText } from "./scrub-text.ts";
import type { Transform } from "./transform.ts";
import { truncate } from "./truncate.ts";
import { truncateIp } from "./truncate-ip.ts";

/** Every transform: one for each case of `auth0.proto.options.types.v1.Transform`, in its order. */
const TABLE = {
  mask,
  drop,
  constant,
  truncate,
  truncate_ip: truncateIp,
  pseudonymize,
  encrypt,
  mask_email: maskEmail,
  generalize_time: generalizeTime,
  bucket,
  normalize,
  scrub_text: scrubText,
  keep_keys: createKeepKeys((name) => TRANSFORMS.get(name)),
} satisfies Readonly<Record<string, Transform>>;

/** What must be there for every transform is a `Record` by it, so that the compiler names what is missing. */
export type TransformName = keyof typeof TABLE;

/** Every transform by the name that an op gives, which may be any text. */
export const TRANSFORMS: ReadonlyMap<string, Transform> = new Map(Object.entries<Transform>(TABLE));

/**
 * Gets the transform that an op names.
 *
 * @throws {RangeError} when there is none; a compiled plan names only transforms that exist
 */
export function getTransform({ op }: Op): Transform {
  const transform = TRANSFORMS.get(op);
  if (transform === undefined) throw new RangeError(unknownTransform(op));
  return transform;
}

/** Says that no transform has this name, and which names there are. */
export function unknownTransform(name: string): string {
  return `expected a transform (${[...TRANSFORMS.keys()].join(", ")}), got ${name}`;
}
