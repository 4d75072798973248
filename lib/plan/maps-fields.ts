import type { DeliverySpec, SinkName } from "./plan.ts";

const MAPS_FIELDS: Readonly<Record<SinkName, boolean>> = {
  LAKE: false,
  LOG_INDEX: true,
  ENTITY_INDEX: true,
  FIFO_QUEUE: false,
  STANDARD_QUEUE: false,
};

/** Whether all records of a sink share one set of typed fields, as the documents of an index do: then times are spelled one way. */
export function mapsFields({ sink }: Pick<DeliverySpec, "sink">): boolean {
  return MAPS_FIELDS[sink];
}
