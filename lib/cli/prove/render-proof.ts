import { holds, type Leak, type ProofResult, type TableRow } from "#proof";
import type { Io } from "../io.ts";
import { createPaint } from "../terminal/paint.ts";
import { formatCount } from "../terminal/progress-words.ts";
import { renderTable, type TableColumn } from "../terminal/table.ts";

/** How many leaks are named; the rest is counted. */
const NAMED = 40;

/** Renders a proof for a reader: what was done, who saw what, and what leaked. */
export function renderProof(result: ProofResult, { stdout, env }: Pick<Io, "stdout" | "env">): string {
  const paint = createPaint(stdout, env);
  const verdict = holds(result) ? paint.bold("nothing leaked") : paint.red(paint.bold(countLeaks(result)));
  return [renderWork(result), renderRows(result.table), renderFindings(result), `${verdict}\n`]
    .filter(Boolean)
    .join("\n");
}

function renderWork(result: ProofResult): string {
  const { policy, space, seed, canaries, events, searched, checks } = result;
  const channels = Object.keys(searched).length;
  const megabytes = Object.values(searched).reduce((sum, bytes) => sum + bytes, 0) / 1e6;
  const compared = Object.values(checks).reduce((sum, count) => sum + count, 0);
  return [
    `policy ${policy.slice(0, 12)} for Space ${space}, seed ${seed}`,
    `${formatCount(canaries)} canaries in ${formatCount(events)} events; ${formatCount(Math.ceil(megabytes))} MB in ${channels} channels searched`,
    `${formatCount(compared)} comparisons of outputs of events that differ in one respect`,
    `${missedBy(result)}\n`,
  ].join("\n");
}

/** What a proof can miss: a leak that shows in few events, and schemas that it did not try. */
function missedBy({ events, schemas }: ProofResult): string {
  const chance = ((1 - 1 / RARE) ** events * 100).toPrecision(2);
  const tried = schemas.tried < schemas.known ? `; ${schemas.tried} of ${schemas.known} schemas were tried` : "";
  return `a leak that shows in one of ${formatCount(RARE)} events is missed with a probability of ${chance}%${tried}`;
}

const RARE = 100;

const COLUMNS: readonly TableColumn[] = [
  { title: "processor" },
  { title: "class" },
  { title: "planted", align: "right" },
  { title: "allowed", align: "right" },
  { title: "found as allowed", align: "right" },
  { title: "leaked", align: "right" },
];

/** A processor's name stands at the first of its rows. */
function renderRows(table: readonly TableRow[]): string {
  const rows = table.map(({ processor, class: name, planted, allowed, found, leaked }, index) => [
    table[index - 1]?.processor === processor ? "" : processor,
    name,
    ...[planted, allowed, found, leaked].map(formatCount),
  ]);
  return renderTable(COLUMNS, rows);
}

function renderFindings({ leaks, unplanted, blind }: ProofResult): string {
  const lines = [
    ...leaks.slice(0, NAMED).map(renderLeak),
    ...(leaks.length > NAMED ? [`and ${formatCount(leaks.length - NAMED)} more; --json has all of them`] : []),
    ...unplanted.map((place) => `not proved: ${place}: no value could be made for it`),
    ...blind.map(
      ({ processor, class: name }) => `not proved: ${processor} saw nothing of ${name}, of which it may see something`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function renderLeak({ processor, channel, schema, type, path, standing, how, count }: Leak): string {
  const where = [schema, type && `(${type})`, path || "(root)", standing].filter(Boolean).join(" ");
  const whose = processor === "" ? channel : `${processor}, ${channel}`;
  return `leak: ${whose}: ${where}: ${how}, ${formatCount(count)} ${count === 1 ? "time" : "times"}`;
}

function countLeaks({ leaks, unplanted, blind }: ProofResult): string {
  const gaps = unplanted.length + blind.length;
  const parts = [
    ...(leaks.length > 0 ? [`${formatCount(leaks.length)} ${leaks.length === 1 ? "leak" : "leaks"}`] : []),
    ...(gaps > 0 ? [`${formatCount(gaps)} ${gaps === 1 ? "gap" : "gaps"} in the proof`] : []),
  ];
  return parts.join(", ");
}
