import { countHidden, type DriftFindings, type FieldFinding, hasDrift, type TypeFinding, writePath } from "#drift";
import { printable } from "../terminal/printable.ts";
import { formatCount } from "../terminal/progress-words.ts";
import { renderTable, type TableColumn } from "../terminal/table.ts";

/** Renders drift for a reader. */
export function renderDrift(findings: DriftFindings): string {
  const { events, types, fields } = findings;
  const looked = `${formatCount(events)} ${events === 1 ? "event" : "events"}`;
  if (!hasDrift(findings)) return `no drift: schemas declare all of ${looked}\n`;
  const parts = [
    ...(types.length > 0 ? [`event types that no schema names\n${renderTypes(types)}`] : []),
    ...(fields.length > 0 ? [`values that no schema declares\n${renderFields(fields)}`] : []),
    [`found in ${looked}`, ...renderRest(findings), ""].join("\n"),
  ];
  return parts.join("\n");
}

const SEEN: readonly TableColumn[] = [{ title: "seen", align: "right" }, { title: "first" }, { title: "last" }];

function renderTypes(types: readonly TypeFinding[]): string {
  const columns = [{ title: "feed" }, { title: "event" }, ...SEEN];
  return renderTable(
    columns,
    types.map((type) => [type.feed, printable(type.event), ...renderSeen(type)]),
  );
}

function renderFields(fields: readonly FieldFinding[]): string {
  const columns = [
    { title: "feed" },
    { title: "path" },
    { title: "type" },
    { title: "what" },
    ...SEEN,
    { title: "in" },
  ];
  const rows = fields.map((field) => [
    field.feed,
    printable(writePath(field)),
    field.type,
    WHAT[field.reason],
    ...renderSeen(field),
    renderEvents(field.events),
  ]);
  return renderTable(columns, rows);
}

const WHAT: Readonly<Record<FieldFinding["reason"], string>> = { undeclared: "new field", wrong_type: "other type" };

function renderSeen({ count, firstSeen, lastSeen }: Pick<FieldFinding, "count" | "firstSeen" | "lastSeen">) {
  return [formatCount(count), firstSeen, lastSeen];
}

/** How many event types are named before the rest is counted. */
const NAMED = 3;

function renderEvents(events: readonly string[]): string {
  const more = events.length - NAMED;
  const names = events.slice(0, NAMED).map(printable).join(", ");
  return more > 0 ? `${names} and ${more} more` : names;
}

function renderRest(findings: DriftFindings): readonly string[] {
  const hidden = countHidden(findings);
  return [
    ...(findings.others > 0 ? [`${formatCount(findings.others)} more values stood at further places`] : []),
    ...(hidden > 0
      ? [
          `${hidden === 1 ? "1 name is" : `${hidden} names are`} hidden, being data or seen with fewer than five people: ${REVEAL}`,
        ]
      : []),
  ];
}

const REVEAL = "--reveal EVENTS shows them where the events are";
