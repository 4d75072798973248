/** Where the simulation takes its decisions from: numbers, so that a failing run can be shrunk and repeated. */
export interface Choices {
  /** Picks one of `count` options; 0 is the dullest one. */
  pick(count: number): number;
  /** True once nothing but dull picks is left. */
  readonly spent: boolean;
}

/** Reads choices from a list; after its end every pick is the dullest, so that each run comes to rest. */
export function choicesFrom(numbers: readonly number[]): Choices {
  let next = 0;
  return {
    pick(count) {
      const number = next < numbers.length ? (numbers[next] ?? 0) : 0;
      next++;
      return number % count;
    },
    get spent() {
      return next >= numbers.length;
    },
  };
}
