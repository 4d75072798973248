import { EVENTS_SOURCE, LOGS_SOURCE } from "#feeds";
import { PROCESSOR_NAME } from "#plan";

/** What may stand at a place of a document: an object with these fields, a text, or anything. */
export type DocumentRule = FieldsRule | TextRule | AnyRule;

export interface FieldsRule {
  readonly fields: Readonly<Record<string, DocumentRule>>;
}

export interface AnyRule {
  readonly anything: true;
}

export interface TextRule {
  /** What the text is, as messages say after "expected". */
  readonly expected: string;
  /** The only texts allowed. */
  readonly oneOf?: readonly string[];
  /** What the whole text must match. */
  readonly pattern?: RegExp;
  /** The kind of document that the text names. */
  readonly refersTo?: string;
  readonly optional?: true;
}

/** A DNS label (RFC 1123): names become parts of the names of AWS resources. */
const NAME: TextRule = {
  expected: "a name of at most 63 lower-case letters, digits and inner hyphens",
  pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
};

const REGION = {
  expected: "an AWS region such as eu-central-1",
  pattern: /^[a-z]{2,3}(?:-[a-z]+){1,2}-[0-9]{1,2}$/,
};

const ACCOUNT = { expected: "an AWS account of 12 digits", pattern: /^\d{12}$/, optional: true } as const;

const SPACE = { expected: "the name of a Space", refersTo: "Space" } as const;

const API_VERSION = "shield/v1";

/** The kinds of document, and the fields of their `spec`. */
const SPECS = {
  /** A customer environment in one account and region. */
  Space: { region: REGION, account: ACCOUNT, pop: { expected: "the name of a Pop", refersTo: "Pop", optional: true } },
  /** The regional point of presence above some Spaces. */
  Pop: { region: REGION, central: { expected: "the name of a Central", refersTo: "Central", optional: true } },
  /** The one global centre. */
  Central: { region: REGION },
  /** An Auth0 Event Stream that sends to EventBridge. */
  Auth0EventStream: {
    space: SPACE,
    eventSource: {
      expected: "the name of a partner event source such as aws.partner/auth0.com/<tenant>-<uuid>/auth0.events",
      pattern: EVENTS_SOURCE.pattern,
    },
    tenant: { expected: "the name of the tenant it may carry", optional: true },
  },
  /** An Auth0 Log Stream that sends to EventBridge. */
  Auth0LogStream: {
    space: SPACE,
    eventSource: {
      expected: "the name of a partner event source such as aws.partner/auth0.com/<tenant>-<uuid>/auth0.logs",
      pattern: LOGS_SOURCE.pattern,
    },
    tenant: { expected: "the name of the tenant it may carry", optional: true },
  },
  /** The OpenSearch domain or collection that a processor of a Space writes to. */
  SearchEndpoint: {
    space: SPACE,
    processor: PROCESSOR_NAME,
    endpoint: { expected: "an https URL without a path", pattern: /^https:\/\/[^/\s]+\/?$/ },
    region: REGION,
    arn: { expected: "the ARN of the domain or collection", pattern: /^arn:[a-z-]+:(?:es|aoss):[^\s]+$/ },
    service: { expected: "es or aoss", oneOf: ["es", "aoss"] },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, TextRule>>>>;

type Specs = typeof SPECS;
export type KindName = keyof Specs;

/** The `spec` of a document of a kind, once it is checked. */
export type SpecOf<K extends KindName> = {
  readonly [F in keyof Specs[K] as Specs[K][F] extends { readonly optional: true } ? never : F]: string;
} & {
  readonly [F in keyof Specs[K] as Specs[K][F] extends { readonly optional: true } ? F : never]?: string;
};

export const KIND_NAMES = Object.keys(SPECS) as readonly KindName[];

/** Tells what a document of a kind looks like; of an unknown kind, the `spec` can be anything. */
export function ruleOf(kind: KindName | undefined): FieldsRule {
  return {
    fields: {
      apiVersion: { expected: API_VERSION, oneOf: [API_VERSION] },
      kind: { expected: "a kind of document", oneOf: KIND_NAMES },
      metadata: { fields: { name: NAME } },
      spec: kind === undefined ? { anything: true } : { fields: SPECS[kind] },
    },
  };
}

/** The fields of a kind's `spec` that name another document, with the kind of it. */
export function referencesOf(kind: KindName): readonly { readonly field: string; readonly to: string }[] {
  return Object.entries<TextRule>(SPECS[kind]).flatMap(([field, { refersTo: to }]) =>
    to === undefined ? [] : { field, to },
  );
}
