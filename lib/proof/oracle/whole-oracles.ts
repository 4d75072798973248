import { EVERYTHING, type OpOracle, sharesNothing } from "./op-oracle.ts";

export const dropOracle: OpOracle = { shows: () => 0, permits: () => false, hides: () => true };

export const constantOracle: OpOracle = {
  shows: () => 0,
  permits: (op, _, output) => output.text === String(op["text"] ?? op["number"] ?? op["flag"]),
  hides: () => true,
};

/** Keyed: two values look different, and no piece of one shows. */
export const pseudonymizeOracle: OpOracle = {
  shows: () => 0,
  permits: (op, original, output) =>
    output.text.startsWith(String(op["prefix"] ?? "")) && sharesNothing(original, output),
  hides: (_, one, other) => one.kind === other.kind && one.text === other.text,
};

export const encryptOracle: OpOracle = {
  shows: (op) => (op["consumer_may_decrypt"] === true ? EVERYTHING : 0),
  permits: (_, original, output) => output.text.startsWith("es.") && sharesNothing(original, output),
  hides: (_, one, other) => one.kind === other.kind && one.text === other.text,
};

export const normalizeOracle: OpOracle = {
  shows: () => EVERYTHING,
  permits: (_, { text }, output) =>
    [
      text,
      text.trim().toLowerCase().normalize("NFC"),
      text.trim().toLowerCase(),
      text.slice(text.indexOf("|") + 1),
    ].includes(output.text),
  hides: (_, one, other) => one.kind === other.kind && one.text === other.text,
};
