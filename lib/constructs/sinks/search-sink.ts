import { Duration } from "aws-cdk-lib";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { EnforcerEnv } from "#environment";
import type { ISink, SinkTiming } from "./sink.ts";

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

/** Writes documents into a search index. */
export class SearchSink implements ISink {
  readonly timing: SinkTiming = {
    timeout: Duration.seconds(60),
    batchingWindow: Duration.seconds(5),
    batchSize: 500,
  };
  readonly #search: SearchEndpoint;

  constructor(search: SearchEndpoint) {
    this.#search = search;
  }

  bind(_scope: Construct, enforcer: IGrantable): Partial<EnforcerEnv> {
    const { endpoint, region, arn, service } = this.#search;
    Grant.addToPrincipal({
      grantee: enforcer,
      actions: [...ACTIONS[service]],
      resourceArns: [RESOURCES[service](arn)],
    });
    return { SEARCH_ENDPOINT: endpoint, SEARCH_REGION: region, SEARCH_SERVICE: service };
  }
}
