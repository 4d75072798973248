import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { EnforcerEnv } from "#environment";
import { CLOCK_SKEW, LEDGER_MEMORY } from "./horizon.ts";
import type { SinkTiming } from "./sinks/timing.ts";

/** What remembers deliveries. Losing it means doubling events, so it is kept, protected and recoverable. */
export class LedgerTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    this.table = new TableV2(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      timeToLiveAttribute: "expires",
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /**
   * Lets an enforcer claim events, and returns the variables by which it does.
   *
   * Every write of the protocols is one conditional PutItem, or UpdateItem where states are counted; nothing is read,
   * changed or deleted otherwise. A claim keeps others away for longer than the enforcer can live.
   */
  bind(
    enforcer: IGrantable,
    { timeout }: Pick<SinkTiming, "timeout">,
  ): Pick<EnforcerEnv, "LEDGER_TABLE"> & Partial<EnforcerEnv> {
    this.table.grant(enforcer, "dynamodb:PutItem", "dynamodb:UpdateItem");
    return {
      LEDGER_TABLE: this.table.tableName,
      LEDGER_MEMORY_SECONDS: String(LEDGER_MEMORY.toSeconds()),
      LEASE_SECONDS: String(timeout.plus(CLOCK_SKEW).toSeconds()),
    };
  }
}
