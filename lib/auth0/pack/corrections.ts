import type { JsonSchema } from "./json-schema.ts";

/** Something the official schemas leave out or get wrong, and how we know. */
export type Correction = MissingType | MissingField;

/** Log types that occur and have no schema. Without `like` their shape is unknown: the base schema takes them. */
export interface MissingType {
  readonly missing: readonly string[];
  /** The type whose schema they share. */
  readonly like?: string;
  readonly source: string;
}

/** A field that occurs and is not declared, or is declared with fewer JSON types than it has. */
export interface MissingField {
  readonly path: string;
  readonly schema: JsonSchema;
  /** The log types that have it: codes, or `*` for those that already declare something at `below`. */
  readonly types: readonly string[];
  /** Where `*` looks; absent = every type. */
  readonly below?: string;
  readonly source: string;
}

const DOCS_CODES = "auth0.com/docs, Log Event Type Codes (auth0/docs-v2 @092b879e, 2026-08-20)";
const DOCS_SCHEMAS = "auth0/docs-v2 @092b879e, main/docs/oas/tenant-logs/logs-schema.json (2026-08-20)";
const PANTHER = "Auth0 rule tests of panther-labs/panther-analysis (2022 to 2025)";
const SUMO = "sample of an `s` event of 2026-06-08 in Sumo Logic's Auth0 documentation";
const TYPO = "a typo in the official schema; declared beside it in case it is mended";
const API = "records of GET /api/v2/logs, which carry it beside the fields of the log stream";

const TEXT: JsonSchema = { type: "string" };
const NUMBER: JsonSchema = { type: "number" };

/** Every correction the importer applies to the official log schemas. */
export const CORRECTIONS: readonly Correction[] = [
  { missing: ["signup_pwd_leak"], like: "pwd_leak", source: DOCS_SCHEMAS },
  {
    missing: [
      "gd_auth_fail_email_verification",
      "gd_send_email_verification_failure",
      "gd_recovery_rate_limit_exceed",
      "too_many_records",
    ],
    like: "gd_auth_failed",
    source: DOCS_CODES,
  },
  { missing: ["fapi"], like: "sapi", source: "legacy code for a failed operation, in older documentation only" },
  { missing: ["fc"], source: DOCS_CODES },
  { missing: ["token_quota_consumption_warning", "admin_update_launch"], source: "named in auth0.com/docs in passing" },
  { missing: ["lapi", "du"], source: "legacy codes, in older documentation only" },

  {
    path: "location_info",
    types: ["*"],
    schema: {
      description: "Where the address is, when the tenant has geolocation.",
      type: "object",
      properties: {
        country_code: TEXT,
        country_code3: TEXT,
        country_name: TEXT,
        city_name: TEXT,
        continent_code: TEXT,
        time_zone: TEXT,
        latitude: NUMBER,
        longitude: NUMBER,
      },
    },
    source: SUMO,
  },
  { path: "_id", types: ["*"], schema: TEXT, source: API },
  { path: "isMobile", types: ["*"], schema: { type: "boolean" }, source: API },

  {
    path: "details.riskAssessment.assessments.PhoneNumber",
    types: ["*"],
    below: "details.riskAssessment",
    schema: {
      description: "Tells how risky the phone number is.",
      type: "object",
      properties: { code: TEXT, confidence: TEXT },
    },
    source: SUMO,
  },
  { path: "details.form", types: ["s"], schema: { type: "object" }, source: SUMO },
  {
    path: "details.prompts[].session_user",
    types: ["*"],
    below: "details.prompts[]",
    schema: TEXT,
    source: "public samples of `s` events that are older than the official schemas (2020 to 2022)",
  },

  { path: "details.request.body", types: ["sapi", "fapi"], schema: { type: "object" }, source: PANTHER },
  {
    path: "details.request.auth.credentials.scopes",
    types: ["sapi", "fapi"],
    schema: { type: "array", items: TEXT },
    source: "an `sapi` event on a partner bus with 190 entries (October 2025)",
  },
  { path: "details.response.body", types: ["sapi", "fapi"], schema: { type: ["object", "array"] }, source: PANTHER },

  {
    path: "details.authenticator.phone_number",
    types: ["*"],
    below: "details.authenticator",
    schema: NUMBER,
    source: PANTHER,
  },

  { path: "details.body.newUsername", types: ["fcu"], schema: TEXT, source: TYPO },
  { path: "details.client_authentication_error", types: ["feccft"], schema: TEXT, source: TYPO },
];
