import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Accepts a finding of cdk-nag's AwsSolutions pack at a construct and below it, for a reason that holds there. */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}

/** Accepts that a policy names many resources of one kind by a wildcard at its end. */
export function acknowledgeWildcard(construct: IConstruct, resource: string, reason: string): void {
  acknowledge(construct, `IAM5[Resource::${textOf(Stack.of(construct).resolve(resource))}]`, reason);
}

/** How cdk-nag writes what is known only at deployment: `<AWS::AccountId>`, `<Bucket.Arn>`. */
function textOf(resolved: unknown): string {
  if (typeof resolved === "string") return resolved;
  const { "Fn::Join": join, "Fn::GetAtt": attribute, Ref: name } = resolved as Record<string, unknown>;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(textOf).join(String(join[0]));
  return Array.isArray(attribute) ? `<${attribute.join(".")}>` : `<${name}>`;
}
