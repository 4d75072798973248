import { describe, expect, it } from "vitest";
import { answerAll, answerOf, answerTogether, pair, transpose } from "#delivery/pair";

describe("pair", () => {
  it("pairs items with their answers", () => {
    expect(pair(["a", "b"], [1, 2])).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
  });

  it.each([[[1]], [[1, 2, 3]], [new Array<number>(2)], [[1, undefined]]])(
    "stands no hole and nothing left over: %j",
    (answers) => {
      expect(() => pair(["a", "b"], answers)).toThrow(RangeError);
    },
  );
});

describe("answerOf", () => {
  it("finds what was said, and stands no hole", () => {
    expect(answerOf(new Map([["a", 1]]), "a")).toBe(1);
    expect(() => answerOf(new Map([["a", 1]]), "b")).toThrow(RangeError);
  });
});

describe("answerTogether", () => {
  it("asks once for all groups, and gives each its own answers", async () => {
    const asked: (readonly string[])[] = [];
    const answer = async (questions: readonly string[]) => {
      asked.push(questions);
      return questions.map((question) => question.toUpperCase());
    };
    expect(await answerTogether([["a", "b"], [], ["c"]], answer)).toEqual([["A", "B"], [], ["C"]]);
    expect(asked).toEqual([["a", "b", "c"]]);
  });

  it("stands no hole", async () => {
    await expect(answerTogether([["a"], ["b"]], async () => [1])).rejects.toThrow(RangeError);
  });
});

describe("answerAll", () => {
  it("asks for what is not known, once, and keeps every answer in its place", async () => {
    const asked: (readonly string[])[] = [];
    const answer = async (questions: readonly string[]) => {
      asked.push(questions);
      return questions.map((question) => question.toUpperCase());
    };
    expect(await answerAll([{ ask: "a" }, { known: "B" }, { ask: "c" }], answer)).toEqual(["A", "B", "C"]);
    expect(asked).toEqual([["a", "c"]]);
  });

  it("asks nobody when everything is known", async () => {
    expect(await answerAll([{ known: 1 }], () => Promise.reject(new Error("asked")))).toEqual([1]);
  });

  it("refuses too few answers", async () => {
    await expect(answerAll([{ ask: "a" }], async () => [])).rejects.toThrow(RangeError);
  });
});

describe("transpose", () => {
  it("turns rows into columns, also where there is no row", () => {
    expect(
      transpose(
        [
          [1, 2],
          [3, 4],
        ],
        2,
      ),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(transpose([], 2)).toEqual([[], []]);
  });

  it("refuses a row with a hole", () => {
    expect(() => transpose([[1, 2], [3]], 2)).toThrow(RangeError);
  });
});
