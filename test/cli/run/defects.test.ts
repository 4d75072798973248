import { describe, expect, it } from "vitest";
import { createDefects } from "../../../lib/cli/run/defects.ts";

const thrower = (Kind: ErrorConstructor) => new Kind("ann@example.com");

describe("createDefects", () => {
  it("tells class and frames of each kind once, and no message", () => {
    const defects = createDefects();
    for (let n = 0; n < 3; n++) defects.add(thrower(RangeError));
    defects.add(thrower(TypeError));
    const taken = defects.take();
    expect(taken.map(({ name }) => name)).toEqual(["RangeError", "TypeError"]);
    expect(taken[0]?.frames[0]).toMatch(/^defects\.test\.ts:\d+:\d+$/);
    expect(JSON.stringify(taken)).not.toContain("ann");
    expect(defects.take()).toEqual([]);
  });

  it("tells 20 of them apart", () => {
    const defects = createDefects();
    for (let n = 0; n < 100; n++) defects.add(Object.assign(new Error("x"), { name: `Error${n}` }));
    expect(defects.take()).toHaveLength(20);
  });
});
