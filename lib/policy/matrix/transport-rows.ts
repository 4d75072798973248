import { ceilingOf } from "../decide/ceilings.ts";
import type { TransportDecision } from "../plan/transport.ts";
import { bySensitivity } from "../plan/transport-sources.ts";
import { type CellInfo, type MatrixRow, TRANSPORT } from "../policy.ts";
import { type Processor, placeOfPart } from "../processor/processor.ts";
import { EVENT_TIME } from "../processor/transport-facts.ts";
import { treatmentOf } from "./treatment.ts";

/** What leaves beside the fields of one processor's deliveries. */
export interface ProcessorTransport {
  readonly processor: Processor;
  readonly transport: readonly TransportDecision[];
}

/** Writes the rows about object keys, document ids, queue groups, metadata; sorted by name. */
export function transportRows(all: readonly ProcessorTransport[]): readonly MatrixRow[] {
  const names = [...new Set(all.flatMap(({ transport }) => transport.map(({ name }) => name)))];
  return names.sort().map((name) => {
    const cells = all.map((each) => ({ ...each, own: each.transport.find((value) => value.name === name) }));
    const made = cells.flatMap(({ own }) => own?.of[0] ?? []);
    const [most = EVENT_TIME] = made.sort(bySensitivity);
    return {
      schema: TRANSPORT,
      path: name,
      classification: most.class,
      kind: most.kind,
      channel: cells.find(({ own }) => own !== undefined)?.own?.channel ?? "envelope",
      cells: Object.fromEntries(cells.map(({ processor, own }) => [processor.name, cellInfo(processor, own)])),
    };
  });
}

function cellInfo(processor: Processor, own: TransportDecision | undefined): CellInfo {
  const { decl } = processor;
  if (own === undefined) {
    const origin = { rule: "transport", how: "its deliveries have none", ...placeOfPart(decl, "sink") } as const;
    return { transforms: [{ op: "drop" }], reveals: [], origin };
  }
  const { of, ops, rule, place, dependsOn, varies } = own;
  const ceiling = ceilingOf(processor, of[0]);
  return {
    ...treatmentOf(ops),
    ...(ceiling && { ceiling }),
    ...{ dependsOn, varies },
    origin: { rule: "transport", how: rule, ...place },
  };
}
