import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { skipByteOrderMark } from "../../../lib/cli/input/skip-byte-order-mark.ts";
import { createAnySplitter } from "../../../lib/cli/input/split-any.ts";
import { createEventStreamSplitter } from "../../../lib/cli/input/split-event-stream.ts";
import { createJsonSplitter } from "../../../lib/cli/input/split-json.ts";
import { createLineSplitter } from "../../../lib/cli/input/split-lines.ts";
import { cut, split } from "./pieces.ts";

const MAX_BYTES = 20;
const EVENTS = createEventStreamSplitter;
const CREATE = { events: EVENTS, lines: createLineSplitter, json: createJsonSplitter, any: createAnySplitter };

describe("the line splitter", () => {
  it.each([
    ["nothing", "", []],
    ["a line", "{}\n", ["1:{}"]],
    ["a last line without newline", "{}\n[]", ["1:{}", "2:[]"]],
    ["\\r\\n", "{}\r\n[]\r\n", ["1:{}", "2:[]"]],
    ["blank lines", "\n \t\r\n{}\n\n\n[]\n\n", ["3:{}", "6:[]"]],
    ["space around a record", " {} \n", ["1: {} "]],
    ["a line that is no JSON", "{\nx\n", ["1:{", "2:x"]],
    ["a line at the limit", `${"x".repeat(20)}\n`, [`1:${"x".repeat(20)}`]],
    ["a line above the limit, measured and left out", `{}\n${"x".repeat(21)}\n[]`, ["1:{}", "2>21", "3:[]"]],
    ["a last line above the limit", "x".repeat(50), ["1>50"]],
  ])("splits %s", (_, text, want) => {
    expect(splitText("lines", text)).toEqual(want);
  });

  it("yields the lines of any text that are not blank", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("{", "é", "\n", "\r\n", " ", "x")), (parts) => {
        const lines = parts
          .join("")
          .split("\n")
          .map((line, index) => [index + 1, line.replace(/\r$/, "")] as const)
          .filter(([, line]) => line.trim() !== "");
        const pieces = split(createLineSplitter({ maxBytes: 1e6 }), [Buffer.from(parts.join(""))]);
        expect(pieces).toEqual(lines.map(([number, line]) => `${number}:${line}`));
      }),
    );
  });
});

describe("the JSON splitter", () => {
  it.each([
    ["nothing", " \n", []],
    ["an object", '{"a":1}', ['1:{"a":1}']],
    ["objects one after the other", '{"a":1}{"b":2} \n{}', ['1:{"a":1}', '1:{"b":2}', "2:{}"]],
    ["an object over several lines", '\n{\n "a":\n1}\n{}', ['2:{\n "a":\n1}', "5:{}"]],
    ["the items of an array", '[{"a":1},\n {"b":2}]', ['1:{"a":1}', '2:{"b":2}']],
    ["the items of arrays", "[{}] [{}]", ["1:{}", "1:{}"]],
    ["an array in an array, as one item", "[[{}, {}], []]", ["1:[{}, {}]", "1:[]"]],
    ["items that are no objects", '[1, "a,]", null]', ["1:1", '1:"a,]"', "1:null"]],
    ["empty arrays", "[] [\n]", []],
    ["brackets, quotes and escapes in strings", String.raw`{"]}":"\"}\\"}{}`, [String.raw`1:{"]}":"\"}\\"}`, "1:{}"]],
    ["commas between values", "{},{}", ["1:{}", "1:{}"]],
    ["a text that is no JSON, by line", "a, b\nc {}", ["1:a, b", "2:c ", "2:{}"]],
    ["brackets that close nothing", "}}]\n{}", ["1:}}]", "2:{}"]],
    ["a broken remainder, as one record", '{}\n{"a":[1\n{}', ["1:{}", '2:{"a":[1\n{}']],
    ["a string that is never closed", '["a", "b', ['1:"a"', '1:"b', "1["]],
    ["an array that is never closed", "{}\n[{},\n", ["1:{}", "2:{}", "2["]],
    ["a value at the limit", `{"a":"${"x".repeat(12)}"}`, [`1:{"a":"${"x".repeat(12)}"}`]],
    ["a value above the limit, measured and left out", `[{"a":"${"x".repeat(13)}"},\n{}]`, ["1>21", "2:{}"]],
  ])("splits %s", (_, text, want) => {
    expect(splitText("json", text)).toEqual(want);
  });

  const anyValue = fc.jsonValue();
  const anyBracketed = anyValue.map((value) => (typeof value === "object" && value !== null ? value : { value }));
  const indent = fc.constantFrom(undefined, 0, 1, "\t");

  it("yields the items of any array, however it is printed", () => {
    fc.assert(
      fc.property(fc.array(anyValue), indent, (items, space) => {
        expect(parsed(JSON.stringify(items, undefined, space))).toEqual(JSON.parse(JSON.stringify(items)));
      }),
    );
  });

  it("yields any values one after the other, however they are printed", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyBracketed, indent)), fc.constantFrom("", "\n", ", "), (values, between) => {
        const text = values.map(([value, space]) => JSON.stringify(value, undefined, space)).join(between);
        const want = values.flatMap(([value]) => (Array.isArray(value) ? value : [value]));
        expect(parsed(text)).toEqual(JSON.parse(JSON.stringify(want)));
      }),
    );
  });

  function parsed(text: string): readonly unknown[] {
    const pieces = split(createJsonSplitter({ maxBytes: 1e6 }), [Buffer.from(text)]);
    return pieces.map((piece) => JSON.parse(piece.slice(piece.indexOf(":") + 1)));
  }
});

describe("the splitter of what has no name", () => {
  it.each([
    ["NDJSON", '{"a":1}\n{\n{}', ['1:{"a":1}', "2:{", "3:{}"]],
    ["NDJSON after blank lines", "\n\r\n{}\n{\n{}", ["3:{}", "4:{", "5:{}"]],
    ["text that is no JSON", "x\n{\n{}", ["1:x", "2:{", "3:{}"]],
    ["an object over several lines", "{\n}\n{}", ["1:{\n}", "3:{}"]],
    ["an array over several lines", "[\n{},\n{}]", ["2:{}", "3:{}"]],
    ["an array whose first item is on its first line", "[{},\n{}]", ["1:{}", "2:{}"]],
    ["objects one after the other", "{}{}\n{\n}", ["1:{}", "1:{}", "2:{\n}"]],
    ["one line", "{}{}", ["1:{}", "1:{}"]],
    ["an event stream", ":connected\n\nevent: x\ndata: {}\n\n", ["4:{}"]],
    ["an event stream of one line", "data: {}", ["1:{}"]],
    ["objects longer than the limit together", "{}".repeat(11), Array.from({ length: 11 }, () => "1:{}")],
    ["a first line above the limit", `${"x".repeat(30)}\n{}`, ["1>30", "2:{}"]],
    ["nothing", "", []],
  ])("splits %s", (_, text, want) => {
    expect(splitText("any", text)).toEqual(want);
  });
});

describe("the splitter of event streams", () => {
  it.each([
    ["nothing", "", []],
    ["comments and messages without data", ":connected\n\nretry: 1000\n\nid: 1\n\n:\n\n", []],
    ["the data of messages", "event: user.created\nid: 1\ndata: {}\n\ndata:[]\n\n", ["3:{}", "5:[]"]],
    ["data over several lines", 'data: {"a":\ndata: 1}\nid: 2\n\n', ['1:{"a":\n1}']],
    ["a message that is cut off", 'data: {}\n\ndata: {"a', ["1:{}", '3:{"a']],
    ["\\r\\n", "data: {}\r\n\r\ndata: []\r\n", ["1:{}", "3:[]"]],
    [
      "what is no line of the format, as a record",
      "data: {}\n{}\nname: x\ndata: []",
      ["1:{}", "2:{}", "3:name: x", "4:[]"],
    ],
    ["a line above the limit", `data: {}\ndata: ${"x".repeat(20)}\n\ndata: []`, ["1:{}", "2>26", "4:[]"]],
    ["data above the limit", `${"data: 12345\n".repeat(4)}\ndata: []`, ["1>23", "6:[]"]],
  ])("splits %s", (_, text, want) => {
    expect(splitText("events", text)).toEqual(want);
  });
});

describe("every splitter", () => {
  const text = fc.oneof(
    fc.array(fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", "\n", "\r\n", " ", "1", "é", "\ufeff", '{"a":"b"}')),
    fc.array(fc.jsonValue().map((value) => `${JSON.stringify(value)}\n`)),
  );

  it.each(Object.keys(CREATE) as (keyof typeof CREATE)[])(
    "gives the same pieces however the bytes are cut: %s",
    (name) => {
      fc.assert(
        fc.property(text, fc.array(fc.nat()), fc.constantFrom(3, MAX_BYTES, 1e6), (parts, places, maxBytes) => {
          const bytes = Buffer.from(parts.join(""));
          const create = () => skipByteOrderMark(CREATE[name]({ maxBytes }));
          expect(split(create(), cut(bytes, places))).toEqual(split(create(), [bytes]));
        }),
      );
    },
  );

  it.each(["lines", "json"] as const)("loses no byte that is not space, a comma or an array's bracket: %s", (name) => {
    fc.assert(
      fc.property(text, (parts) => {
        const significant = (all: string) => all.replace(/[\s,[\]]/g, "");
        const records = split(CREATE[name]({ maxBytes: 1e6 }), [Buffer.from(parts.join(""))]).filter(
          (piece) => !/^\d+\[$/.test(piece),
        );
        expect(significant(records.map((piece) => piece.slice(piece.indexOf(":") + 1)).join(""))).toBe(
          significant(parts.join("")),
        );
      }),
    );
  });

  it("leaves out a byte order mark at the start only", () => {
    const create = () => skipByteOrderMark(createLineSplitter({ maxBytes: MAX_BYTES }));
    expect(split(create(), [Buffer.from("\ufeff{}\n\ufeff")])).toEqual(["1:{}", "2:\ufeff"]);
    expect(split(create(), cut(Buffer.from("\ufeff{}"), [1, 2, 3, 4]))).toEqual(["1:{}"]);
    expect(split(create(), [Buffer.of(0xef, 0xbb)])).toEqual(["1:\ufffd"]);
  });

  it("never keeps more than the limit", () => {
    const splitter = createLineSplitter({ maxBytes: 1024 });
    const chunk = new Uint8Array(1024 * 1024).fill(0x78);
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 64; count++) splitter.push(Uint8Array.from(chunk));
    expect(splitter.end()).toEqual([{ oversize: 64 * 1024 * 1024, line: 1 }]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(48 * 1024 * 1024);
  });
});

function splitText(name: keyof typeof CREATE, text: string): readonly string[] {
  return split(CREATE[name]({ maxBytes: MAX_BYTES }), [Buffer.from(text)]);
}
