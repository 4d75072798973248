import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readEntry, writeEntry } from "#cli/policy/entry-store";

describe("an entry store", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "shield-entries-"));
  });

  it("gives back what was written, and nothing else", () => {
    writeEntry(folder, "a", '{"x":"ä\n"}');
    expect(readEntry(folder, "a")).toBe('{"x":"ä\n"}');
    expect(readEntry(folder, "b")).toBeUndefined();
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });

  it.each([
    { title: "cut short", damage: (text: string) => text.slice(0, -1) },
    { title: "changed in one character", damage: (text: string) => text.replace("x", "y") },
    { title: "empty", damage: () => "" },
    { title: "without a checksum", damage: (text: string) => text.slice(text.indexOf("\n") + 1) },
  ])("ignores an entry that is $title, and takes a new one", ({ damage }) => {
    writeEntry(folder, "a", '{"x":1}');
    const file = join(folder, "a.json");
    writeFileSync(file, damage(readFileSync(file, "utf8")));
    expect(readEntry(folder, "a")).toBeUndefined();
    writeEntry(folder, "a", '{"x":1}');
    expect(readEntry(folder, "a")).toBe('{"x":1}');
  });

  it("keeps the 16 newest", () => {
    for (let index = 0; index < 20; index += 1) {
      writeEntry(folder, `key-${index}`, "{}");
      utimesSync(join(folder, `key-${index}.json`), index, index);
    }
    writeEntry(folder, "newest", "{}");
    const left = readdirSync(folder);
    expect(left).toHaveLength(16);
    expect(left).toContain("newest.json");
    expect(left).not.toContain("key-4.json");
    expect(left).toContain("key-5.json");
  });
});
