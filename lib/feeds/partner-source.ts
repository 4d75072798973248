/** How partner event sources of Auth0 begin; AWS lets nobody else send events whose source begins like this. */
export const AUTH0_PARTNER = "aws.partner/auth0.com/";

/** Names of the partner event sources of a feed. */
export interface PartnerSource {
  /** How they end. */
  readonly suffix: string;
  /** What the whole name matches; its group `tenant` is the tenant. */
  readonly pattern: RegExp;
}

export const EVENTS_SOURCE = partnerSource("/auth0.events");
export const LOGS_SOURCE = partnerSource("/auth0.logs");

/** `aws.partner/auth0.com/<tenant>-<uuid>/auth0.<feed>`, recorded 2025 and 2026; the tenant has the letters that AWS allows. */
function partnerSource(suffix: string): PartnerSource {
  const tenant = "(?<tenant>[.\\-_A-Za-z0-9]+)";
  const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  return { suffix, pattern: new RegExp(`^${literal(AUTH0_PARTNER)}${tenant}-${uuid}${literal(suffix)}$`) };
}

function literal(text: string): string {
  return text.replaceAll(".", "\\.");
}
