import type { Rejected } from "../outcome.ts";
import type { Delivery } from "../ports.ts";
import type { Layout } from "./layout.ts";

/** Writes what one delivery is in a file of lines, its newline included; or says why it cannot. */
export type WriteLine = (delivery: Delivery) => Uint8Array | Rejected;

/** Objects that are runs of lines in one file, in the order of the deliveries. */
export function createLineLayout(writeLine: WriteLine): Layout<Uint8Array> {
  return {
    prepare(delivery) {
      const line = writeLine(delivery);
      return line instanceof Uint8Array ? { partition: "", row: line } : line;
    },
    objectKey: (_, name) => name,
    encode: (lines) => Buffer.concat(lines),
  };
}
