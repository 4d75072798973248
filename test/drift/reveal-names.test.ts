import { beforeEach, describe, expect, it } from "vitest";
import { createTally, nameDigest } from "#delivery";
import { createNameFinder, listFindings, type NameFinder, writePath } from "#drift";
import { type Context, referenceEngine } from "#engine";
import type { Envelope } from "#feeds";
import { eventOf } from "#support/events";
import { contextFor, testKey, testKeys } from "#support/keys";
import { kept, open, planFor } from "#support/plans";
import { createSeededRandom } from "#support/seeded-random";

const plan = planFor({
  processor: "ARCHIVE",
  source: "whole",
  fields: { data: { name: kept() }, free: open() },
  delivery: { retentionDays: 1 },
});
const EVENTS: readonly Envelope[] = [
  eventOf({ data: { "ann@example.com": 1, passkeys: [] }, free: { "bob@example.com": 1 } }, { sourceId: "1" }),
  eventOf({ "\u001b[2J": true }, { sourceId: "2" }),
  eventOf({ secret: 1 }, { sourceId: "3", type: "for carol@example.com" }),
];

/** The report that a run of the events makes under a key. */
function reportOf(events: readonly Envelope[], key: Uint8Array) {
  const tally = createTally({ policy: "hash", processors: ["ARCHIVE"], key });
  const context: Context = contextFor();
  for (const record of events) {
    const [decision] = referenceEngine.link([plan]).enforce(record, context);
    const drift = decision?.kind === "deliver" ? decision.drift : undefined;
    tally.add({ record, subjects: [], outcomes: [{ kind: "delivered", drops: [], ...(drift && { drift }) }] });
  }
  const { drift } = tally.report();
  if (drift === undefined) throw new Error("expected drift, got none");
  return drift;
}

describe("createNameFinder", () => {
  const key = testKey("ledger");
  const report = reportOf(EVENTS, key);
  let finder: NameFinder;
  const finderWith = (ledger: Uint8Array): NameFinder =>
    createNameFinder(report, {
      plans: [plan],
      keys: { ...testKeys(), keyOf: () => ledger },
      random: createSeededRandom("names"),
    });
  beforeEach(() => {
    finder = finderWith(key);
  });

  const shown = () => {
    const { types, fields } = listFindings(report, finder);
    return [...types.map(({ event }) => event), ...fields.map(writePath)];
  };

  it("finds every name that the report hides, in events long past their retention", () => {
    expect(shown().filter((name) => !/\?[0-9a-f]{8}$/.test(name))).toEqual([]);
    for (const event of EVENTS) finder.look(event);
    expect(shown().sort()).toEqual(["\u001b[2J", "data.ann@example.com", "data.passkeys", "for carol@example.com"]);
  });

  it("keeps no other name in mind", () => {
    finder.look(eventOf({ data: { unheard: 1 }, free: { "bob@example.com": 1 } }));
    const known = ["unheard", "bob@example.com"].map((name) => finder.fieldAt("data", nameDigest(name, key)));
    expect(known).toEqual([undefined, undefined]);
  });

  it("finds nothing under other keys", () => {
    finder = finderWith(testKey("other"));
    for (const event of EVENTS) finder.look(event);
    expect(shown().filter((name) => !/\?[0-9a-f]{8}$/.test(name))).toEqual([]);
  });
});
