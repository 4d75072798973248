import type { Path } from "#plan";
import type { Channel } from "./envelope.ts";
import type { Condition, Container, Form } from "./form.ts";
import { CONTAINERS, FORMS_IN_ORDER } from "./forms.ts";
import type { RecordView } from "./record-view.ts";

/** Finds the form of a record among those of the channel's kind. Which feeds the channel declares plays no part. */
export function recogniseForm(record: RecordView, { kind }: Channel): Form | undefined {
  return FORMS_IN_ORDER.find(
    ({ channels, when }) => channels.includes(kind) && when.every((condition) => holds(condition, record)),
  );
}

/** Finds the container that a record is among those of the channel's kind. */
export function recogniseContainer(record: RecordView, { kind }: Channel): Container | undefined {
  return CONTAINERS.find(({ channels, items }) => channels.includes(kind) && record.find(items)?.kind === "array");
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
