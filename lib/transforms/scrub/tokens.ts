import { findAll, findThose, isOpaque, type Scanner, trimEnd } from "./scanner.ts";

/** What begins a JSON object in base64url (`{"`, `{ "`, `{` and a line's end), parts divided by dots, padded or not. */
const JWT =
  /(?:eyJ|eyAi|ewog|ew0K)(?:[\w-]|[+/](?=[\w+/-]{20}))*={0,2}(?:\.(?:[\w-]|[+/](?=[\w+/-]{20}))*={0,2}){0,4}/g;
const SHORTEST_CUT_OFF = 20;

/** JWS, JWE, unsigned and cut-off ones. A part alone is one when it is long. */
export const jwts: Scanner = {
  tag: "[JWT]",
  summary: "JSON Web Tokens, signed, encrypted or not",
  *find(text) {
    for (const span of findAll(JWT, text)) {
      const { start, end } = trimEnd(text, span);
      if (text.slice(start, end).includes(".") || end - start >= SHORTEST_CUT_OFF) yield { start, end };
    }
  },
};

/** Versioned opaque tokens (Auth0's refresh tokens, PASETO) and those whose issuers gave them a prefix to be found by. */
const OPAQUE =
  /(?<![\w.-])(?:v[1-4]\.(?:local|public)\.[\w-]+(?:\.[\w-]+)?|v\d\.[\w-]{20,}={0,2}(?:\.[\w-]{4,}={0,2}){0,4}|(?:gh[opsur]|github_pat|sk_live|sk_test|rk_live|xox[abprs]|glpat|whsec)[_-][\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16})(?![\w])/g;

export const opaqueTokens: Scanner = {
  tag: "[TOKEN]",
  summary: "opaque tokens such as `v1.…`",
  find: findThose(OPAQUE, (token) => isOpaque(token.slice(3))),
};

const AUTHORIZATION = /(?<![A-Za-z0-9])(?:bearer|basic|dpop|digest|negotiate)[ \t:=]{1,3}(?<it>[\w.~+/-]{6,}={0,2})/gi;

export const credentials: Scanner = {
  tag: "[TOKEN]",
  summary: "what follows `Bearer` and `Basic`",
  find: findThose(AUTHORIZATION, (token) => isOpaque(token)),
};

const USER_INFO = /:\/\/(?<it>[^\s/?#@:\uffff"'<>]{0,256}:[^\s/?#\uffff"'<>]{0,256})@/g;

export const userInfo: Scanner = {
  tag: "[CREDENTIALS]",
  summary: "name and password in URLs",
  find: (text) => findAll(USER_INFO, text),
};
