import { findAll, isOpaque, type Scanner, type TextRange } from "./scanner.ts";

/** Names whose value is a secret, whatever it looks like. */
const SECRET =
  "access_?token|refresh_?token|id_?token|id_token_hint|[a-z]*_?token_hash|mfa_token|session_token|login_token|csrf_?token|xsrf-token|_csrf|" +
  "client_secret|client_assertion|assertion|actor_token|subject_token|password|passwd|pwd|passcode|secret|api[_-]?key|x-api-key|code_verifier|" +
  "login_ticket|saml_?response|saml_?request|saml_?art|otp|binding_code|oob_code|device_code|user_code|verification_code|recovery_code|" +
  "session_?id|jsessionid|phpsessid|connect\\.sid|appsession|__session|auth0|auth0_compat|auth0-mf|did|did_compat|ticket|invitation";
/** Names whose value is one when it looks like it. */
const PERHAPS =
  "code|state|nonce|token|session|session_state|sid|auth|authorization|key|sig|signature|relay_?state|code_challenge|request|jti|hash|at_hash|c_hash";

const NAMED = new RegExp(
  `(?<![A-Za-z0-9])(?:(?<secret>${SECRET})|(?<![\\w-])(?:${PERHAPS}))(?<sign>["']?\\s{0,2}[=:]\\s{0,2}["']?)(?<it>[^\\s&#;,"'<>()\\[\\]{}\\uffff]+)`,
  "gi",
);

/** Values that say that there is none. */
const NOTHING = /^(?:true|false|null|undefined|none|bearer|basic|dpop|digest|negotiate|n\/a|\*+|\.{3}|\d{1,3})$/i;
/** A word or a number, as codes of errors are. */
const PLAIN_WORD = /^(?:[A-Za-z]?[a-z]*(?:[_.-][A-Za-z]?[a-z]+)*|[A-Z]+(?:[_-][A-Z0-9]+)*|-?\d{1,5})[.!?]?$/;

/** Values of parameters, cookies and members of JSON by their names. */
export const secrets: Scanner = {
  tag: "[TOKEN]",
  summary: "values of `code=`, `state=`, `ticket=`, `access_token=`, `password=` and their like",
  *find(text) {
    for (const match of text.matchAll(NAMED)) {
      const { secret, sign = "", it = "" } = match.groups ?? {};
      const value = it.replace(/[.!?]+$/, "");
      const isBound = sign.includes("=") || /["']$/.test(sign);
      if (!isSecret(value, { isNamed: secret !== undefined, isBound })) continue;
      const start = match.index + match[0].length - it.length;
      yield { start, end: start + value.length };
    }
  },
};

interface Name {
  readonly isNamed: boolean;
  /** The value follows an equals sign or stands in quotes; it is no word of a sentence. */
  readonly isBound: boolean;
}

function isSecret(value: string, { isNamed, isBound }: Name): boolean {
  if (value === "" || NOTHING.test(value)) return false;
  if (isNamed && isBound) return true;
  if (PLAIN_WORD.test(value)) return isBound && value.length >= 20 && !/[_.-]/.test(value);
  return isOpaque(value) || (isBound && value.length >= 6);
}

const COOKIES = /(?<![A-Za-z0-9])(?:set-)?cookie["']?\s{0,2}:\s{0,2}["']?(?<it>[^\r\n\uffff]+)/gi;
const PAIR = /(?<![^;,\s])(?<name>[\w.!#$%*+^`|~-]+)=(?<it>[^;,\s"'\uffff]+)/g;
const ATTRIBUTES = new Set(["path", "domain", "expires", "max-age", "samesite", "priority", "version"]);

export const cookies: Scanner = {
  tag: "[TOKEN]",
  summary: "values of cookies",
  *find(text) {
    for (const header of findAll(COOKIES, text)) yield* findCookies(text, header);
  },
};

function* findCookies(text: string, { start, end }: TextRange): Iterable<TextRange> {
  for (const { index, 0: pair, groups } of text.slice(start, end).matchAll(PAIR)) {
    if (ATTRIBUTES.has(groups?.["name"]?.toLowerCase() ?? "")) continue;
    const to = start + index + pair.length;
    yield { start: to - (groups?.["it"]?.length ?? 0), end: to };
  }
}
