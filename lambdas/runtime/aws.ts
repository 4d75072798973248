import type { Clock, Random } from "#delivery";
import { bucketEndpointOf, type EndpointName, endpointOf } from "#delivery/aws/endpoints";
import { createSend, type Send } from "#delivery/aws/http";
import { createService, type Service } from "#delivery/aws/service";
import { createSign, type Sign, type SigningName } from "#delivery/aws/sign";
import { readCredentials } from "./credentials.ts";

export interface AwsParts {
  /** Environment variables: credentials, and endpoints where they are not those of AWS. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
}

/** The services of AWS, reached with the credentials of the function. */
export interface Aws {
  readonly send: Send;
  sign(service: SigningName, region: string): Sign;
  service(name: EndpointName, region: string): Service;
  bucket(name: string, region: string): Service;
}

export function createAws({ variables, clock, random }: AwsParts): Aws {
  const send = createSend();
  const sign = (service: SigningName, region: string) =>
    createSign({ service, region, credentials: async () => readCredentials(variables) });
  const open = (endpoint: URL, service: SigningName, region: string) =>
    createService({ endpoint, send, sign: sign(service, region), clock, random });
  return {
    send,
    sign,
    service: (service, region) => open(endpointOf({ service, region, variables }), service, region),
    bucket: (name, region) => open(bucketEndpointOf(name, { region, variables }), "s3", region),
  };
}
