import { describe, expect, it } from "vitest";
import { createSeededRandom } from "#support/seeded-random";
import { bodyOf, VirtualEnforcer } from "./virtual-enforcer.ts";

describe("a deployed log index", () => {
  it("names the index by the day of the event, whenever it comes", async () => {
    const START_MS = Date.UTC(2026, 2, 5, 12);
    const random = createSeededRandom("deployed");
    const options = { sink: "LOG_INDEX", mode: "EVERY_EVENT", timeoutMs: 60_000, startMs: START_MS, random } as const;
    const enforcer = new VirtualEnforcer(options);
    const body = bodyOf(1, Date.UTC(2026, 2, 1, 23, 59));
    await enforcer.invoke([{ id: "1", body, receives: 1 }]);
    const names = [...enforcer.aws.search.documents.keys()].map((key) => key.split("/")[0]);
    expect(names).toEqual(["consumer-g1-2026.03.01"]);
  });
});
