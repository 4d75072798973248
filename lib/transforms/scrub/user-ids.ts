import { findAll, type Scanner, trimEnd } from "./scanner.ts";

/** Strategies of Auth0's connections, with which user ids begin. Those of the second list are words as well. */
const STRATEGIES =
  "auth0|auth0-adldap|auth0-oidc|google-oauth2|google-apps|windowslive|waad|office365|sharepoint|samlp|adfs|oidc|oauth1|oauth2|okta|pingfederate|wsfed|siwe|" +
  "facebook|linkedin|github|gitlab|bitbucket|paypal|paypal-sandbox|vkontakte|weibo|salesforce|salesforce-sandbox|salesforce-community|" +
  "evernote|evernote-sandbox|fitbit|dropbox|dwolla|flickr|miicard|planningcenter|renren|soundcloud|thecity|thecity-sandbox|thirtysevensignals|untappd|daccount";
const WORDS =
  "sms|email|ad|ip|apple|twitter|instagram|amazon|yahoo|yandex|baidu|aol|box|line|exact|custom|shop|shopify|wordpress|slack|discord|twitch|spotify|did|clients|passwordless|phone|federated";

const USER_ID = new RegExp(
  `(?:(?<strategy>${STRATEGIES})|(?<![A-Za-z0-9])(?:${WORDS}))\\|(?<id>[^\\s\\p{C}<>()\\[\\]{}"“”„,;:\\\\/=&?#\\uffff]+)`,
  "giu",
);
const STRATEGY = new RegExp(`^(?:${STRATEGIES}|${WORDS})?$`, "i");

/** A connection's name, a bar, and whatever follows up to a delimiter; further bars are part of the id. */
export const userIds: Scanner = {
  tag: "[USER_ID]",
  summary: "user ids of Auth0's connections, such as `auth0|…` and `google-oauth2%7C…`",
  *find(text) {
    for (const { index, 0: found, groups } of text.matchAll(USER_ID)) {
      const { strategy, id = "" } = groups ?? {};
      const isId = strategy === undefined ? /[\d@]/.test(id) : !id.split("|").every((part) => STRATEGY.test(part));
      if (isId) yield trimEnd(text, { start: index, end: index + found.length });
    }
  },
};

const PREFIXES =
  "org|con|cgr|cli|usr|user|rol|role|evt|est|log|act|ver|dep|inv|tkt|ses|sess|pwd|mfa|dev|key|tnt|ten|dom|frm|flw|form|flow|vlt|ac|prm|rs|rsv|app|sub|cus|acct|hook|trg|net|job|pmt";
/** Ids that issuers gave a prefix, those of database users, and pictures by the hash of an address. */
const ID = new RegExp(
  `(?<![A-Za-z0-9])(?:(?:${PREFIXES}|[a-z]{2,4})_[A-Za-z0-9]{12,32}|[0-9A-Fa-f]{24}|(?<=/avatar/)[0-9A-Fa-f]{32,64})(?![A-Za-z0-9_])`,
  "g",
);

export const ids: Scanner = {
  tag: "[ID]",
  summary: "Auth0's ids of things (`org_…`), ids of database users, and hashes of addresses in those of pictures",
  *find(text) {
    for (const span of findAll(ID, text)) {
      const id = text.slice(span.start, span.end);
      const own = id.slice(id.indexOf("_") + 1);
      if (/\d/.test(own) ? /[A-Za-z]/.test(own) : /[a-z][A-Z]|[A-Z][a-z]/.test(own)) yield span;
    }
  },
};
