import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Ledger } from "#delivery";
import { createDynamoDbLedger } from "#delivery/aws/dynamodb-ledger";
import { countUnknown } from "#delivery/protocols/count-unknown";
import { requireSeconds } from "#environment";
import type { SinkParts } from "./deployed-sink.ts";

/** The ledger of an enforcer, and how long it remembers and claims. */
export interface DeployedLedger {
  readonly ledger: Ledger;
  readonly rememberMs: number;
  readonly leaseMs: number;
}

/** Ledger requests, and so connections, under way at once. */
export const PARALLEL_CLAIMS = 50;

/** Opens the ledger that the environment names. */
export function openLedger(parts: SinkParts): DeployedLedger {
  const { env, onLedgerUnknown } = parts;
  return {
    ledger: countUnknown(openTable(parts), onLedgerUnknown),
    rememberMs: requireSeconds(env, "LEDGER_MEMORY_SECONDS"),
    leaseMs: requireSeconds(env, "LEASE_SECONDS"),
  };
}

/** The table itself, of which every enforcer has one. */
export function openTable({ env, aws, clock }: Pick<SinkParts, "env" | "aws" | "clock">): Ledger {
  const dynamodb = aws.open(DynamoDBClient, env.AWS_REGION);
  return createDynamoDbLedger({ dynamodb, ask: aws.ask, table: env.LEDGER_TABLE, clock });
}
