/**
 * The jurisdiction whose data-protection law holds in an AWS region: an ISO 3166 country, or `EU`.
 *
 * A policy cannot be compiled for a region that is not listed.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const JURISDICTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    EU: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3", "eusc-de-east-1"],
    GB: ["eu-west-2"],
    CH: ["eu-central-2"],
    US: ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "us-gov-east-1", "us-gov-west-1"],
    CA: ["ca-central-1", "ca-west-1"],
    MX: ["mx-central-1"],
    BR: ["sa-east-1"],
    ZA: ["af-south-1"],
    IL: ["il-central-1"],
    AE: ["me-central-1"],
    BH: ["me-south-1"],
    IN: ["ap-south-1", "ap-south-2"],
    JP: ["ap-northeast-1", "ap-northeast-3"],
    KR: ["ap-northeast-2"],
    HK: ["ap-east-1"],
    TW: ["ap-east-2"],
    SG: ["ap-southeast-1"],
    AU: ["ap-southeast-2", "ap-southeast-4"],
    ID: ["ap-southeast-3"],
    MY: ["ap-southeast-5"],
    NZ: ["ap-southeast-6"],
    TH: ["ap-southeast-7"],
    CN: ["cn-north-1", "cn-northwest-1"],
  }).flatMap(([jurisdiction, regions]) => regions.map((region) => [region, jurisdiction])),
);
