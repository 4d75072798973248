import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { EnforcerEnv } from "#environment";
import { ConfigError } from "#errors";
import type { ISink } from "./sink.ts";
import { SEARCH_TIMING } from "./timing.ts";

/** An OpenSearch domain or serverless collection that exists already. */
export interface SearchEndpoint {
  /** `https://…`, without a path. */
  readonly endpoint: string;
  readonly region: string;
  /** ARN of the domain or collection. */
  readonly arn: string;
  /** `es` for a domain, `aoss` for a serverless collection. */
  readonly service: "es" | "aoss";
}

/** What IAM has to allow for writing by `_bulk`, by service; a collection needs a data access policy beside it. */
const ACTIONS = { es: ["es:ESHttpPost"], aoss: ["aoss:APIAccessAll"] } as const;
const RESOURCES = { es: (arn: string) => `${arn}/_bulk`, aoss: (arn: string) => arn } as const;

/** What it takes to see to the script by which a domain compares states. */
const SCRIPT_ACTIONS = ["es:ESHttpGet", "es:ESHttpPut"];
/** Name of the script; a test holds it to the enforcer's. */
const SCRIPT = "event-shield-newest-state-1";

export interface SearchSinkProps extends SearchEndpoint {
  /** Keeps the newest states of entities, for which the domain needs a stored script. */
  readonly keepsStates: boolean;
}

/** Writes documents into a search index. */
export class SearchSink implements ISink {
  readonly timing = SEARCH_TIMING;
  readonly #search: SearchSinkProps;

  /** @throws {ConfigError} for states in a serverless collection */
  constructor(search: SearchSinkProps) {
    if (search.keepsStates && search.service === "aoss") {
      throw new ConfigError(
        `expected a search domain for newest states, got the serverless collection ${search.endpoint}: name a domain in the SearchEndpoint`,
      );
    }
    this.#search = search;
  }

  bind(_scope: Construct, enforcer: IGrantable): Partial<EnforcerEnv> {
    const { endpoint, region, arn, service, keepsStates } = this.#search;
    Grant.addToPrincipal({
      grantee: enforcer,
      actions: [...ACTIONS[service]],
      resourceArns: [RESOURCES[service](arn)],
    });
    if (keepsStates) {
      const resourceArns = [`${arn}/_scripts/${SCRIPT}`];
      Grant.addToPrincipal({ grantee: enforcer, actions: [...SCRIPT_ACTIONS], resourceArns });
    }
    return { SEARCH_ENDPOINT: endpoint, SEARCH_REGION: region, SEARCH_SERVICE: service };
  }
}
