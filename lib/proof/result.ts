import type { SpotStanding } from "./canaries/spot.ts";
import type { VariationFinding } from "./metamorphic/check.ts";
import type { PayloadFault } from "./oracle/judge-payload.ts";
import type { SpotClass } from "./oracle/rules.ts";
import type { Spelling } from "./search/search.ts";
import type { OutputChannel } from "./system/channels.ts";

/** What came of a proof. Holds no value of any event. */
export interface ProofResult {
  readonly policy: string;
  readonly space: string;
  readonly seed: string;
  readonly events: number;
  readonly canaries: number;
  /** Bytes of output that were searched, by channel. */
  readonly searched: Readonly<Record<string, number>>;
  readonly table: readonly TableRow[];
  readonly checks: Checks;
  readonly leaks: readonly Leak[];
  /** How many schemas events were made of, and how many there are. */
  readonly schemas: { readonly tried: number; readonly known: number };
  /** Declared paths, with their schema, that no value was planted at: nothing is proved of them. */
  readonly unplanted: readonly string[];
  /** Processors that saw nothing of a class of which they may see something: whoever looks away finds no leak either. */
  readonly blind: readonly Pick<TableRow, "processor" | "class">[];
}

/** Tells whether the proof holds: nothing leaked, and nothing was left out of it. */
export function holds({ leaks, unplanted, blind }: ProofResult): boolean {
  return leaks.length + unplanted.length + blind.length === 0;
}

/** What was planted and seen of one class, for one processor. */
export interface TableRow {
  readonly processor: string;
  readonly class: SpotClass;
  readonly planted: number;
  /** Of which the policy lets something be seen. */
  readonly allowed: number;
  /** Of which something was seen, as allowed. */
  readonly found: number;
  readonly leaked: number;
}

/** Comparisons of outputs of inputs that differ in one respect. */
export interface Checks {
  /** Values that a processor may not see, changed: everything that leaves stays the same. */
  readonly hidden: number;
  readonly undeclared: number;
  readonly misfit: number;
  readonly renamed: number;
  readonly linked: number;
}

/** A way in which a value left that the policy does not allow. */
export interface Leak {
  /** "" where the channel is nobody's. */
  readonly processor: string;
  readonly channel: OutputChannel;
  readonly schema: string;
  readonly type: string;
  readonly path: string;
  readonly standing: SpotStanding;
  readonly class: SpotClass;
  readonly how: Spelling | PayloadFault["how"] | VariationFinding["how"] | "it depends on a value that may not be seen";
  /** How often it was met. */
  readonly count: number;
}
