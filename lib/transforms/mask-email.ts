import { countCodePoints, indexAfter } from "./code-points.ts";
import { mapText } from "./map-text.ts";
import { flagOf, numberOf } from "./read-op.ts";
import type { Transform } from "./transform.ts";

/** One width for every hidden part, so that its length does not show. */
const HIDDEN = "***";
/** Longest address (RFC 5321, 4.5.3.1): 64 + "@" + 255. */
const MAX_LENGTH = 320;
/** Neither space nor control character, nor what only a quoted local part may hold. */
const LOCAL_PART = /^[^\p{Z}\p{C}"(),:;<>@[\\\]]+$/u;
/** Two labels or more. The last begins with a letter, so that an IP address is no domain. */
const DOMAIN = /^(?:[\p{L}\p{M}\p{N}_-]{1,63}\.)+\p{L}[\p{L}\p{M}\p{N}-]{0,62}$/u;

export const maskEmail: Transform = {
  name: "mask_email",
  summary: "Masks the local part of an e-mail address, and on request its domain.",
  parameters: [
    {
      name: "keep",
      type: "uint32",
      summary: "first code points of the local part that stay, never more than half",
      default: "1",
      min: 0,
      max: 4,
    },
    { name: "mask_domain", type: "bool", summary: "mask the domain too, but for its last label", default: "no" },
  ],
  accepts: ["string"],
  yields: () => "same",
  resultLength: "tells",
  reveals: () => ["PRESENCE", "PARTIAL"],
  uses: [],
  failures: [
    "An empty string is left out: it is nobody's address.",
    "The domain shows without `mask_domain`, whatever it tells: a person can have a domain of their own.",
    "A local part of fewer than twice `keep` code points is masked whole.",
    "A value that is no plain address (quoted, without a dotted domain, with a space or two `@`) is masked whole.",
  ],
  examples: [
    {
      title: "keeps the first letter and the domain",
      op: { op: "mask_email" },
      input: `"alice@example.com"`,
      output: `"a***@example.com"`,
    },
    {
      title: "keeps the last label only",
      op: { op: "mask_email", keep: 2, mask_domain: true },
      input: `"alice@mail.example.com"`,
      output: `"al***@***.com"`,
    },
    {
      title: "keeps nothing of the local part",
      op: { op: "mask_email", keep: 0 },
      input: `"alice@example.com"`,
      output: `"***@example.com"`,
    },
    {
      title: "masks a short local part whole",
      op: { op: "mask_email" },
      input: `"a@example.com"`,
      output: `"***@example.com"`,
    },
    { title: "masks a quoted local part", op: { op: "mask_email" }, input: `"\\"a@b\\"@example.com"`, output: `"***"` },
    { title: "masks two addresses", op: { op: "mask_email" }, input: `"a@b.com@c.com"`, output: `"***"` },
    {
      title: "masks an address at an IP address",
      op: { op: "mask_email" },
      input: `"alice@192.0.2.1"`,
      output: `"***"`,
    },
    { title: "masks what is no address", op: { op: "mask_email" }, input: `"alice"`, output: `"***"` },
  ],
  prepare(op) {
    const keep = numberOf(op, "keep") ?? 1;
    const masksDomain = flagOf(op, "mask_domain");
    return mapText((text) => {
      if (text === "") return undefined;
      const address = parseAddress(text);
      if (address === undefined) return HIDDEN;
      const { local, domain } = address;
      const shown = countCodePoints(local) >= 2 * keep ? local.slice(0, indexAfter(local, keep)) : "";
      return `${shown}${HIDDEN}@${masksDomain ? HIDDEN + domain.slice(domain.lastIndexOf(".")) : domain}`;
    });
  },
};

function parseAddress(text: string): { readonly local: string; readonly domain: string } | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const domain = text.slice(at + 1);
  return LOCAL_PART.test(local) && DOMAIN.test(domain) ? { local, domain } : undefined;
}
