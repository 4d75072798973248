import { describe, expect, it } from "vitest";
import { createDoneTable } from "#delivery/directory/done-table";
import { createSlotTable } from "#delivery/directory/slot-table";
import { times } from "#support/depth";
import { createDraw, createSeededRandom } from "#support/seeded-random";

/** What a directory may take for each distinct event, all tables together. */
const MAX_BYTES_PER_EVENT = 32;
const SLOT_BYTES_OF_EVENTS = 16;
const SLOT_BYTES_OF_ENTITIES = 8;

function shortIds(count: number): readonly string[] {
  const bytes = Buffer.from(createSeededRandom("ids")(count * 12));
  return Array.from({ length: count }, (_, index) => bytes.toString("base64url", index * 12, index * 12 + 12));
}

/** Spreads numbers over 32 bits. */
function mix(number: number): number {
  const half = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return (whole ^ (whole >>> 16)) >>> 0;
}

describe("createSlotTable", () => {
  it("finds what was added, and nothing else", () => {
    const draw = createDraw("slots");
    const table = createSlotTable(2);
    const added = new Map<number, number>();
    for (let value = 1; value <= 20_000; value++) {
      const hash = draw(2 ** 32);
      if (!added.has(hash)) table.add([hash, value]);
      added.set(hash, added.get(hash) ?? value);
    }
    expect(table.size).toBe(added.size);
    for (const [hash, value] of added) {
      const slot = table.find(hash, () => true);
      expect(slot?.words[slot.at + 1]).toBe(value);
    }
    for (let tries = 0; tries < 1_000; tries++) {
      const hash = draw(2 ** 32);
      if (!added.has(hash)) expect(table.find(hash, () => true)).toBeUndefined();
    }
  });

  it("tells entries with the same hash apart by what the caller knows of them", () => {
    const table = createSlotTable(2);
    for (let value = 1; value <= 50; value++) table.add([0xffffffff, value]);
    const slot = table.find(0xffffffff, ({ words, at }) => words[at + 1] === 37);
    expect(slot?.words[slot.at + 1]).toBe(37);
    expect(table.find(0xffffffff, () => false)).toBeUndefined();
  });

  it("visits each entry once", () => {
    const table = createSlotTable(2);
    for (let value = 1; value <= 5_000; value++) table.add([Math.imul(value, 2_654_435_761) >>> 0, value]);
    const values = [...table.slots()].map(({ words, at }) => words[at + 1] ?? 0);
    expect(values.sort((left, right) => left - right)).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 1));
  });

  it("takes, events and entities together, at most 32 bytes each at every size from 100,000 on", () => {
    const [events, entities] = [createSlotTable(4), createSlotTable(2)];
    const size = times({ few: 300_000, deep: 1_000_000 });
    let most = 0;
    for (let count = 1; count <= size; count++) {
      events.add([mix(count), 0, 0, 1]);
      entities.add([mix(-count), count]);
      if (count >= 100_000 && count % 10_000 === 0) most = Math.max(most, (events.bytes + entities.bytes) / count);
    }
    expect(most).toBeLessThanOrEqual(MAX_BYTES_PER_EVENT);
    expect(most).toBeGreaterThan(SLOT_BYTES_OF_EVENTS + SLOT_BYTES_OF_ENTITIES);
  });
});

describe("createDoneTable", () => {
  it.each([{ streams: 1 }, { streams: 31 }, { streams: 32 }, { streams: 70 }])(
    "remembers which of $streams streams have an event",
    ({ streams }) => {
      const table = createDoneTable(streams);
      const ids = shortIds(500);
      const has = (id: number, stream: number) => (id * 7 + stream * 3) % 5 === 0;
      for (const [index, id] of ids.entries()) {
        for (let stream = 0; stream < streams; stream++) if (has(index, stream)) table.add(id, stream);
      }
      for (const [index, id] of ids.entries()) {
        for (let stream = 0; stream < streams; stream++) expect(table.has(id, stream)).toBe(has(index, stream));
      }
    },
  );

  it("counts an event once, however many streams have it", () => {
    const table = createDoneTable(3);
    for (const id of shortIds(10)) for (const stream of [0, 1, 2, 1]) table.add(id, stream);
    expect(table.size).toBe(10);
  });

  it.each(["", "short", "not base64url :::", "almost16chars::"])("refuses %j, which is no id", (text) => {
    const table = createDoneTable(1);
    expect(() => table.has(text, 0)).toThrow(new TypeError("expected an id, got another text"));
    expect(() => table.add(text, 0)).toThrow(new TypeError("expected an id, got another text"));
  });

  it("tells ids apart that differ in any of their 96 bits", () => {
    const table = createDoneTable(1);
    const id = Buffer.alloc(12, 0xa5);
    table.add(id.toString("base64url"), 0);
    for (let bit = 0; bit < 96; bit++) {
      const other = Buffer.from(id);
      other[bit >>> 3] = (other[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
      expect(table.has(other.toString("base64url"), 0)).toBe(false);
    }
  });
});
