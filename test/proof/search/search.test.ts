import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SYMBOLS } from "../../../lib/proof/canaries/alphabet.ts";
import { createSearcher, type Find } from "../../../lib/proof/search/search.ts";

const WORD = "k7q2wxe9mvt4zhr0pdyn";
const OTHER = "b3c8fjg5s1a6k9n2t7vw";
const NUMBER = "918273645546372";
const TEXTS = [WORD, OTHER, NUMBER];
const EMAIL = `${WORD}@example.com`;
const SEARCHER = createSearcher({ texts: TEXTS, hashed: [[WORD, EMAIL], [OTHER], [NUMBER]] });

const percentOf = (text: string) => Array.from(text, (c) => `%${c.charCodeAt(0).toString(16)}`).join("");
const hashOf = (algorithm: string, text: string) => createHash(algorithm).update(text);

describe("a search", () => {
  it.each<[string, string, Find["spelling"]]>([
    ["as it is", `{"a":"${WORD}"}`, "raw"],
    ["in upper case", WORD.toUpperCase(), "raw"],
    ["in the middle of other characters", `abc${WORD}def`, "raw"],
    ["reversed", [...WORD].reverse().join(""), "reversed"],
    ["percent-encoded", `?u=${percentOf(WORD)}`, "percent"],
    ["percent-encoded twice", percentOf(WORD).replaceAll("%", "%25"), "percent"],
    ["in JSON escapes", Array.from(WORD, (c) => `\\u00${c.charCodeAt(0).toString(16)}`).join(""), "percent"],
    ["in hexadecimal", Buffer.from(WORD).toString("hex"), "hex"],
    ["in hexadecimal of an odd beginning", `f${Buffer.from(WORD).toString("hex")}`, "hex"],
    ["in base64", Buffer.from(WORD).toString("base64"), "base64"],
    ["in base64, one byte on", Buffer.from(`x${WORD}`).toString("base64"), "base64"],
    ["in base64, two bytes on", Buffer.from(`xy${WORD}`).toString("base64"), "base64"],
    ["in base64url behind other letters", `es.abc${Buffer.from(`x${WORD}`).toString("base64url")}`, "base64"],
    ["in base64 of base64", Buffer.from(Buffer.from(EMAIL).toString("base64")).toString("base64"), "base64"],
    ["as an MD5", hashOf("md5", WORD).digest("hex"), "digest"],
    ["as an MD5 of the whole value", `/avatar/${hashOf("md5", EMAIL).digest("hex")}?s=480`, "digest"],
    ["as a SHA-1 in base64", hashOf("sha1", WORD).digest("base64"), "digest"],
    ["as a SHA-256 in base64url", `id-${hashOf("sha256", EMAIL).digest("base64url")}`, "digest"],
    ["as a SHA-256 in upper-case hexadecimal", hashOf("sha256", WORD).digest("hex").toUpperCase(), "digest"],
  ])("finds a text %s", (_, output, spelling) => {
    const finds = SEARCHER.find(Buffer.from(output));
    expect(finds).toContainEqual({ text: 0, length: WORD.length, spelling });
    expect(new Set(finds.map(({ text }) => text))).toEqual(new Set([0]));
  });

  it("finds every piece of 11 symbols, and says how long it is", () => {
    for (let length = 11; length <= WORD.length; length++) {
      for (let start = 0; start + length <= WORD.length; start++) {
        const piece = WORD.slice(start, start + length);
        expect(SEARCHER.find(Buffer.from(`"*${piece}*"`))).toEqual([{ text: 0, length, spelling: "raw" }]);
      }
    }
  });

  it("takes no shorter piece for more than chance", () => {
    expect(SEARCHER.find(Buffer.from(`${WORD.slice(0, 10)}-${WORD.slice(10)}`))).toEqual([]);
    expect(SEARCHER.find(Buffer.from(NUMBER.slice(0, 11)))).toEqual([]);
  });

  it("finds numbers from 12 digits on", () => {
    for (const start of [0, 1, 2, 3]) {
      expect(SEARCHER.find(Buffer.from(`-0.${NUMBER.slice(start, start + 12)}e3`))).toHaveLength(1);
    }
  });

  it("finds each occurrence of each text once", () => {
    const finds = SEARCHER.find(Buffer.from(`${WORD}${OTHER} ${NUMBER},${WORD}`));
    expect(finds.map(({ text }) => text)).toEqual([0, 1, 2, 0]);
  });

  it("finds nothing in keyed tokens, times and random bytes", () => {
    const random = Buffer.concat(Array.from({ length: 2000 }, (_, n) => hashOf("sha512", `random ${n}`).digest()));
    expect(SEARCHER.find(random)).toEqual([]);
    expect(SEARCHER.find(Buffer.from(random.toString("base64url")))).toEqual([]);
    expect(SEARCHER.find(Buffer.from(random.toString("hex")))).toEqual([]);
  });

  it("finds any text among any others, wherever it stands", () => {
    const symbol = fc.constantFrom(...SYMBOLS);
    const text = fc.array(symbol, { minLength: 20, maxLength: 20 }).map((symbols) => symbols.join(""));
    fc.assert(
      fc.property(
        fc.uniqueArray(text, { minLength: 1, maxLength: 50 }),
        fc.nat(),
        fc.string(),
        (texts, pick, around) => {
          const wanted = pick % texts.length;
          const searcher = createSearcher({ texts, hashed: [] });
          const finds = searcher.find(Buffer.from(`${around}${texts[wanted]}${around}`));
          expect(finds.some((find) => find.text === wanted && find.length === 20)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
