import { CHARACTERS } from "#json";

const { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COMMA, NEWLINE, OPEN_ARRAY, OPEN_OBJECT, QUOTE, SPACE } = CHARACTERS;

/**
 * What a byte is: between records, the bracket that opens a top-level array, or a record's first byte, one inside it, its
 * last one, or the first one behind it.
 */
export type Step = "between" | "open" | "first" | "inside" | "last" | "behind";

/**
 * Finds where values begin and end in a stream of JSON texts, one byte at a time and in constant memory.
 *
 * A record is an object or array, an item of a top-level array, or what else stands there. The scanner checks nothing:
 * it knows strings, and counts brackets of either kind. Commas between records are skipped. Outside of an array, what is
 * no object, array or string is taken to the end of its line, so that a text that is no JSON is not a record per word.
 */
export interface JsonScanner {
  /** After `behind`, the same byte must be stepped on again. */
  step(byte: number): Step;
  /** Tells whether a top-level array is open. */
  isInArray(): boolean;
}

type State = (byte: number) => Step;

export function createJsonScanner(): JsonScanner {
  let inArray = false;
  let depth = 0;
  let state: State = between;

  function go(next: State, step: Step): Step {
    state = next;
    return step;
  }
  function between(byte: number): Step {
    if (byte <= SPACE || byte === COMMA) return "between";
    if (byte === (inArray ? CLOSE_ARRAY : OPEN_ARRAY)) {
      inArray = !inArray;
      return inArray ? "open" : "between";
    }
    if (byte === QUOTE) return go(inString, "first");
    if (!isOpening(byte)) return go(inScalar, "first");
    depth = 1;
    return go(inBrackets, "first");
  }
  function inBrackets(byte: number): Step {
    if (byte === QUOTE) return go(inString, "inside");
    if (isOpening(byte)) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
    return depth === 0 ? go(between, "last") : "inside";
  }
  function inString(byte: number): Step {
    if (byte === BACKSLASH) return go(afterBackslash, "inside");
    if (byte !== QUOTE) return "inside";
    return depth > 0 ? go(inBrackets, "inside") : go(between, "last");
  }
  function afterBackslash(): Step {
    return go(inString, "inside");
  }
  function inScalar(byte: number): Step {
    const ends = byte === NEWLINE || isOpening(byte) || (inArray && (byte === COMMA || byte === CLOSE_ARRAY));
    return ends ? go(between, "behind") : "inside";
  }
  return { step: (byte) => state(byte), isInArray: () => inArray };
}

function isOpening(byte: number): boolean {
  return byte === OPEN_OBJECT || byte === OPEN_ARRAY;
}
