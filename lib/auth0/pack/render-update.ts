import { describeShape, type FieldDrift, placesOf } from "./compare.ts";
import { describeProposal } from "./propose.ts";
import { describeChange, type Pending } from "./review.ts";
import { type FeedDrift, isOutdated, type PackFeed, REVIEW_FILE, type Update } from "./update.ts";

const FEED_WORDS: Readonly<Record<PackFeed, string>> = { logs: "log types", events: "Event Stream types" };

/** Says for people what an update finds, or what it did. */
export function renderUpdate(update: Update, { isWritten }: { readonly isWritten: boolean }): string {
  const { feeds, changes } = update;
  const found = feeds.flatMap((drift) => renderFeed(drift, update.pending[drift.feed]));
  if (!isOutdated(update))
    return [...renderWaiting(update), "no drift: the pack matches the official schemas", ""].join("\n");
  const files = isWritten
    ? [...changes].map(([name, text]) => `${text === undefined ? "removed" : "wrote"} ${name}`)
    : [
        `${changes.size === 1 ? "1 file" : `${changes.size} files`} would change; run again with --write to take this over`,
      ];
  return [...found, ...renderWaiting(update), ...files, ""].join("\n");
}

/** What a program wants to know of an update: the drift of each feed, without the shapes themselves. */
export function summarizeUpdate(update: Update): object {
  const feeds = update.feeds.map(({ feed, newTypes, goneTypes, fields, unknown }) => ({
    feed,
    newTypes: newTypes.map((type) => ({
      type,
      fields: unknown.filter(({ types }) => types.includes(type)).map(summarizeField),
    })),
    goneTypes,
    newFields: fields.filter((field) => changeOf(field) === "new").map(summarizeField),
    goneFields: fields.filter((field) => changeOf(field) === "gone").map(summarizeField),
    changedFields: fields.filter((field) => changeOf(field) === "changed").map(summarizeField),
  }));
  return { drift: isOutdated(update), feeds, pending: update.pending, files: [...update.changes.keys()] };
}

function renderFeed(drift: FeedDrift, pending: readonly Pending[]): readonly string[] {
  const { feed, newTypes, goneTypes, fields, unknown } = drift;
  const what = FEED_WORDS[feed];
  const of = (change: Change): readonly FieldDrift[] => fields.filter((field) => changeOf(field) === change);
  const known = of("new").filter((field) => !isPending(field, pending));
  const waiting = of("new").filter((field) => isPending(field, pending));
  return [
    ...section(
      `new ${what}`,
      newTypes.flatMap((type) => renderNewType(type, unknown)),
    ),
    ...section(`${what} that are gone, still declared for events sent before`, goneTypes),
    ...section(`new fields of ${what}, dropped until classified`, waiting.flatMap(renderNew)),
    ...section(`new fields of ${what} that others of their message have already`, known.map(renderPlain)),
    ...section(`fields of ${what} that are gone, still declared for events sent before`, of("gone").map(renderPlain)),
    ...section(`changed fields of ${what}`, of("changed").map(renderChanged)),
  ];
}

function isPending({ path, types }: FieldDrift, pending: readonly Pending[]): boolean {
  return pending.some((entry) => entry.path === path && entry.types.some((type) => types.includes(type)));
}

type Change = "new" | "gone" | "changed";

function changeOf({ before, after }: FieldDrift): Change {
  if (before === undefined) return "new";
  return after === undefined ? "gone" : "changed";
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ""];
}

function renderNewType(type: string, unknown: readonly FieldDrift[]): readonly string[] {
  const own = unknown.filter(({ types }) => types.includes(type));
  return [type, ...own.map((field) => `  ${describeChange(field)}`)];
}

function renderNew(field: FieldDrift): readonly string[] {
  return placesOf(field).map((place) => `${describeProposal(place)}, in ${field.types.join(", ")}`);
}

function renderPlain({ path, types, before, after }: FieldDrift): string {
  const shape = after ?? before;
  return `${path} (${shape === undefined ? "" : describeShape(shape)}), in ${types.join(", ")}`;
}

function renderChanged(field: FieldDrift): string {
  return `${field.path}, in ${field.types.join(", ")}: ${describeChange(field)}`;
}

function renderWaiting({ pending }: Update): readonly string[] {
  const count = pending.logs.length + pending.events.length;
  if (count === 0) return [];
  return [`${count === 1 ? "1 difference waits" : `${count} differences wait`} for a review in ${REVIEW_FILE}`];
}

function summarizeField(field: FieldDrift): object {
  const { path, types, before, after } = field;
  return {
    path,
    types,
    ...(before === undefined ? {} : { was: describeShape(before) }),
    ...(after === undefined ? {} : { now: describeShape(after) }),
    ...(before === undefined ? { proposed: placesOf(field).map((place) => describeProposal(place)) } : {}),
  };
}
