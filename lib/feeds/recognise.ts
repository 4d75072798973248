import type { Path } from "#plan";
import type { Channel } from "./envelope.ts";
import type { Carrier, Condition, Container, Form } from "./form.ts";
import { FORMS_IN_ORDER } from "./forms.ts";
import type { RecordView } from "./record-view.ts";
import { CARRIERS, CONTAINERS, MARKERS } from "./wrappers.ts";

/** Finds the form of a record among those of the channel's kind. Which feeds the channel declares plays no part. */
export function recogniseForm(record: RecordView, channel: Channel): Form | undefined {
  return FORMS_IN_ORDER.find((form) => fits(form, record, channel));
}

/** Finds what carries a record as text, among what the channel's kind may bring. */
export function recogniseCarrier(record: RecordView, channel: Channel): Carrier | undefined {
  return CARRIERS.find((carrier) => fits(carrier, record, channel));
}

/** Tells whether a record holds no event by its nature. */
export function isMarker(record: RecordView, channel: Channel): boolean {
  return MARKERS.some(
    (marker) =>
      fits(marker, record, channel) &&
      marker.without.every((path) => record.find(path) === undefined) &&
      !record.hasRepeatedNames([]),
  );
}

/** Finds the container that a record is among those of the channel's kind. */
export function recogniseContainer(record: RecordView, { kind }: Channel): Container | undefined {
  return CONTAINERS.find(({ channels, items }) => channels.includes(kind) && record.find(items)?.kind === "array");
}

function fits({ channels, when }: Pick<Form, "channels" | "when">, record: RecordView, { kind }: Channel): boolean {
  return channels.includes(kind) && when.every((condition) => holds(condition, record));
}

function holds(condition: Condition, record: RecordView): boolean {
  return condition.at.some((path) => holdsAt(path, condition, record));
}

function holdsAt(path: Path, { kind, prefix, notPrefix, suffix }: Condition, record: RecordView): boolean {
  if (record.find(path)?.kind !== kind) return false;
  const text = record.findText(path) ?? "";
  return (
    text.startsWith(prefix ?? "") &&
    text.endsWith(suffix ?? "") &&
    (notPrefix === undefined || !text.startsWith(notPrefix))
  );
}
