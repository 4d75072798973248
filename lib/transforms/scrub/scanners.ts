import { ipv4, ipv6, macAddresses } from "./addresses.ts";
import { emails } from "./emails.ts";
import { ibans } from "./ibans.ts";
import { keptNumbers } from "./kept.ts";
import { cards, phones } from "./numbers.ts";
import type { Scanner } from "./scanner.ts";
import { cookies, secrets } from "./secrets.ts";
import { speltEmails } from "./spelt-emails.ts";
import { credentials, jwts, opaqueTokens, userInfo } from "./tokens.ts";
import { ids, userIds } from "./user-ids.ts";

/** Every scanner, in the order in which they are applied: what one has taken, the next does not see. */
export const SCANNERS: readonly Scanner[] = [
  jwts,
  cookies,
  credentials,
  userInfo,
  opaqueTokens,
  userIds,
  secrets,
  emails,
  speltEmails,
  ids,
  macAddresses,
  ipv6,
  ipv4,
  ibans,
  keptNumbers,
  cards,
  phones,
];
