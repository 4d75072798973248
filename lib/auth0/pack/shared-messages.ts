/** An object that several messages share. */
export interface SharedMessage {
  readonly name: string;
  /** First line of its comment; absent for messages that are written by hand. */
  readonly summary?: string;
  /** File below `policies/auth0/logs/v1` that declares it. */
  readonly file: "envelope" | "shared";
  /** Where it stands. */
  readonly paths: readonly string[];
  /** Only in these messages; absent = wherever the path occurs. */
  readonly in?: readonly string[];
}

/**
 * Objects that are declared once. Every other object is declared inside of the message that has it.
 *
 * `envelope.proto` is written by hand together with the base schema; `shared.proto` is generated.
 */
export const SHARED_MESSAGES: readonly SharedMessage[] = [
  { name: "EventSchema", file: "envelope", paths: ["$event_schema"] },
  { name: "Auth0Client", file: "envelope", paths: ["auth0_client"] },
  { name: "References", file: "envelope", paths: ["references"] },
  { name: "SecurityContext", file: "envelope", paths: ["security_context"] },
  { name: "LocationInfo", file: "envelope", paths: ["location_info"] },
  {
    name: "ActionRuns",
    summary: "The Actions that ran.",
    file: "shared",
    paths: ["details.actions"],
  },
  {
    name: "Prompt",
    summary: "One step of a login: what the user was asked for, and what came of it.",
    file: "shared",
    paths: ["details.prompts[]"],
  },
  {
    name: "LoginSession",
    summary: "The session of the user at Auth0.",
    file: "shared",
    paths: ["details.session"],
  },
  {
    name: "LoginStats",
    summary: "The user's logins so far.",
    file: "shared",
    paths: ["details.stats", "details.prompts[].stats"],
    in: ["Login", "PushedAuthorizationRequest", "Prompt"],
  },
  {
    name: "RiskAssessment",
    summary: "How risky the login looked.",
    file: "shared",
    paths: ["details.riskAssessment"],
  },
  {
    name: "RiskAssessors",
    summary: "What each assessor of risk found.",
    file: "shared",
    paths: ["details.riskAssessment.assessments", "details.assessments"],
  },
  {
    name: "Assessment",
    summary: "What an assessor found, and how sure it is.",
    file: "shared",
    paths: ["details.riskAssessment.assessments.ImpossibleTravel", "details.riskAssessment.assessments.PhoneNumber"],
  },
  {
    name: "DeviceAssessment",
    summary: "Whether the device was seen before.",
    file: "shared",
    paths: ["details.riskAssessment.assessments.NewDevice"],
  },
  {
    name: "AddressAssessment",
    summary: "Whether the address is on a list of bad ones.",
    file: "shared",
    paths: ["details.riskAssessment.assessments.UntrustedIP"],
  },
  {
    name: "OAuthError",
    summary: "An error of OAuth.",
    file: "shared",
    paths: ["details.error"],
    in: ["Login", "PushedAuthorizationRequest", "DeviceActivation"],
  },
  {
    name: "Problem",
    summary: "An error of an API, in the form of RFC 9457.",
    file: "shared",
    paths: ["details.error"],
    in: ["AuthenticationMethodOperation", "ConnectedAccountOperation"],
  },
  {
    name: "Actor",
    summary: "Who acts on the user's behalf, and on whose behalf they do.",
    file: "shared",
    paths: ["details.actor"],
  },
  {
    name: "RefreshToken",
    summary: "The refresh token that was used or revoked.",
    file: "shared",
    paths: ["details.refresh_token"],
  },
  {
    name: "ApiCall",
    summary: "The call of an API that the event is about.",
    file: "shared",
    paths: ["details.request"],
    in: [
      "AuthenticationMethodOperation",
      "ConnectedAccountOperation",
      "LoginSdkNotice",
      "PeakPerformance",
      "RateLimit",
    ],
  },
];

/** Finds the shared message that stands at a path of a message; undefined where the object is its own. */
export function findShared(path: string, message: string): SharedMessage | undefined {
  return SHARED_MESSAGES.find((shared) => shared.paths.includes(path) && (shared.in?.includes(message) ?? true));
}
