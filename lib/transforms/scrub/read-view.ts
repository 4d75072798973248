import { foldCharacters } from "./fold.ts";
import { decodeSpellings } from "./spellings.ts";
import type { View } from "./view.ts";

/** Deepest nesting of spellings that is read: an address in a URL in a URL. */
const DEPTH = 3;
/** Nothing else can be spelt in more than one way. */
const PLAIN = /^[\n\t\x20-\x24\x27-\x5b\x5d-\x7e]*$/;

/** Reads a text: invisible characters are gone, letters and digits have their usual form, spellings are decoded. */
export function readView(text: string): View {
  if (PLAIN.test(text)) return { text };
  let view = foldCharacters({ text });
  for (let depth = 0; depth < DEPTH; depth++) {
    const decoded = decodeSpellings(view);
    if (decoded === view) return view;
    view = foldCharacters(decoded);
  }
  return view;
}
