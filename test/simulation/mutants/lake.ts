import { foundClaim, OK } from "#delivery/answer";
import type { LakeMutation } from "../scenarios/lake.ts";

/** Planted bugs of the lake protocol. Each must be found. */
export const LAKE_MUTANTS: readonly LakeMutation[] = [
  {
    name: "does not know its own claim after a lost response",
    ledger: (ledger) => ({
      ...ledger,
      async insert(key, claim) {
        const answer = await ledger.insert(key, claim);
        return answer.kind === "found" ? foundClaim({ ...answer.claim, fence: `${answer.claim.fence}?` }) : answer;
      },
    }),
  },
  {
    name: "leaves an event of unknown claim out of the object",
    ledger: (ledger) => ({
      ...ledger,
      async insert(key, claim) {
        const answer = await ledger.insert(key, claim);
        return answer.kind === "unknown" ? foundClaim({ ...claim, fence: "somebody", objectKey: "elsewhere" }) : answer;
      },
    }),
  },
  {
    name: "takes an event of unknown claim into the object",
    ledger: (ledger) => ({
      ...ledger,
      async insert(key, claim) {
        const answer = await ledger.insert(key, claim);
        return answer.kind === "unknown" ? OK : answer;
      },
    }),
  },
  {
    name: "takes over without a tombstone",
    objects: (objects) => ({
      ...objects,
      create: async (object) => (object.tombstone ? OK : objects.create(object)),
    }),
  },
  {
    name: "takes over whatever claim is there",
    ledger: (ledger) => ({
      ...ledger,
      async replace(key, claim) {
        const found = await ledger.insert(key, claim);
        if (found.kind !== "found") return found;
        return ledger.replace(key, claim, { fence: found.claim.fence });
      },
    }),
  },
  {
    name: "takes a claim over although its object is there",
    objects: (objects) => ({
      ...objects,
      async create(object) {
        const answer = await objects.create(object);
        return object.tombstone && answer.kind === "exists" ? OK : answer;
      },
      async head(key) {
        await objects.head(key);
        return undefined;
      },
    }),
  },
  {
    name: "takes a taken key for its own object",
    objects: (objects) => ({
      ...objects,
      async create(object) {
        const answer = await objects.create(object);
        return answer.kind === "exists" && !object.tombstone ? OK : answer;
      },
    }),
  },
  {
    name: "writes over a tombstone",
    objects: (objects) => ({
      ...objects,
      async create(object) {
        const answer = await objects.create(object);
        return answer.kind === "exists" && !object.tombstone
          ? objects.create({ ...object, key: `${object.key}-2` })
          : answer;
      },
    }),
  },
  {
    name: "does not see that a batch holds an event twice",
    batch: (batch) =>
      batch.map((delivery, position) => ({ ...delivery, ledgerId: `${delivery.ledgerId}#${position}` })),
  },
  {
    name: "forgets before the horizon",
    limits: (limits) => ({ ...limits, rememberMs: limits.rememberMs / 2 }),
  },
  {
    name: "settles an event as a duplicate while its object is not written",
    ledger: (ledger) => ({
      ...ledger,
      async insert(key, claim) {
        const answer = await ledger.insert(key, claim);
        return answer.kind === "found" ? foundClaim({ ...answer.claim, state: "done" }) : answer;
      },
    }),
  },
];
