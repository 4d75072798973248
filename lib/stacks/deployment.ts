import { accountName, type SearchEndpoint } from "#constructs";
import { ConfigError } from "#errors";
import type { Manifests } from "#manifest";
import { FEEDS, type FeedName, type Plan } from "#plan";

/** Everything the stacks of one Space are made from. */
export interface Deployment {
  readonly space: string;
  readonly region: string;
  /** The AWS account; absent = that of whoever deploys. */
  readonly account?: string;
  readonly streams: readonly DeployedStream[];
  readonly search: ReadonlyMap<string, SearchEndpoint>;
  readonly plans: readonly Plan[];
}

/** One Auth0 stream into the Space. */
export interface DeployedStream {
  readonly name: string;
  readonly feed: FeedName;
  readonly eventSource: string;
  readonly tenant?: string;
}

type DeclaredStream = Omit<DeployedStream, "feed"> & { readonly space: string };

/** The documents that declare the streams of a feed; a feed without any comes by no partner's bus. */
const STREAMS: Readonly<Record<FeedName, (manifests: Manifests) => readonly DeclaredStream[]>> = {
  AUTH0_EVENTS: ({ eventStreams }) => eventStreams,
  AUTH0_LOGS: ({ logStreams }) => logStreams,
  KRATOS: () => [],
  CUSTOM: () => [],
};

/** Gathers a Space's deployment from the documents and the plans that were compiled for it. */
export function deploymentOf(manifests: Manifests, spaceName: string, plans: readonly Plan[]): Deployment {
  const space = manifests.spaces.find(({ name }) => name === spaceName);
  if (space === undefined) throw new ConfigError(`expected a Space named ${spaceName}, got none of that name`);
  const isOurs = (document: { readonly space: string }) => document.space === spaceName;
  return {
    space: space.name,
    region: space.region,
    ...(space.account !== undefined && { account: space.account }),
    streams: FEEDS.flatMap((feed) =>
      STREAMS[feed](manifests)
        .filter(isOurs)
        .map((stream) => ({ ...stream, feed })),
    ),
    search: new Map(
      manifests.searchEndpoints
        .filter(isOurs)
        .map(({ processor, endpoint, region, arn, service }) => [
          processor,
          { endpoint, region, arn, service: service === "aoss" ? "aoss" : "es" },
        ]),
    ),
    plans,
  };
}

/** The name of a processor's lake bucket: known in every stack, and unique because the account is in it. */
export function lakeBucketName({ space }: Deployment, processor: string, account: string): string {
  return accountName(account, space, processor, "lake");
}
