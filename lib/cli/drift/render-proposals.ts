import type { FieldProposal, NoProposal, TypeFinding } from "#drift";
import { printable } from "../terminal/printable.ts";

/** What has to be known of a policy file before it is changed. */
export interface FileFacts {
  /** `shield auth0 update --write` writes it anew. */
  readonly isGenerated: boolean;
  /** It is in the package and not in the user's folder. */
  readonly isShipped: boolean;
}

export interface ProposalsToRender {
  readonly types: readonly TypeFinding[];
  readonly fields: readonly (FieldProposal | NoProposal)[];
  factsOf(file: string): FileFacts;
}

/** Renders proposals as text of policy files: whatever is not to be pasted is a comment. */
export function renderProposals({ types, fields, factsOf }: ProposalsToRender): string {
  const proposals = fields.filter((field) => "text" in field);
  const none = [...fields.filter((field) => "instead" in field).map(toNone), ...types.map(typeToNone)];
  const blocks = [
    ...groupBy(proposals, ({ message }) => message).map((group) => renderMessage(group, factsOf)),
    ...groupBy(none, ({ instead }) => instead).map(renderNone),
  ];
  return blocks.map((lines) => `${lines.join("\n")}\n`).join("\n");
}

function renderMessage(proposals: readonly FieldProposal[], factsOf: ProposalsToRender["factsOf"]): readonly string[] {
  const [{ file = "", line = 0, message = "" } = {}] = proposals;
  const { isShipped, isGenerated } = factsOf(file);
  const imports = new Set(proposals.flatMap((proposal) => proposal.imports));
  return [
    `// ${file}:${line}, message ${message}`,
    ...(isShipped ? ["// The file is the package's: copy its folder policies/auth0 into yours first."] : []),
    ...(isGenerated
      ? ["// The file is generated: list new fields in lib/auth0/pack/corrections.ts too, or they go again."]
      : []),
    ...[...imports].map((path) => `// It has to import "${path}".`),
    ...proposals.flatMap((proposal) => ["", ...renderField(proposal)]),
  ];
}

function renderField({ paths, types, text, why, field, first }: FieldProposal): readonly string[] {
  return [
    `  // ${paths.join(", ")} (${types.join(" or ")}). ${why}.`,
    ...(first ? [`  // First add ${first.text} to the options of ${first.field}.`] : []),
    ...(field === undefined ? [] : [`  // To the options of ${field}:`]),
    text,
  ];
}

/** Something there is nothing to write for, and what to do instead. */
interface None {
  readonly what: string;
  readonly instead: string;
}

function toNone({ path, types, instead }: NoProposal): None {
  return { what: `${printable(path)} (${types.join(" or ")})`, instead };
}

function typeToNone({ feed, event, isHidden }: TypeFinding): None {
  const instead = isHidden
    ? "the name of the event type is hidden"
    : `take over what Auth0 has published (shield auth0 update), or declare a message with match { feed: ${feed}, … }`;
  return { what: `events ${printable(event)} of ${feed}`, instead };
}

function renderNone(group: readonly None[]): readonly string[] {
  const places = new Set(group.map(({ what }) => what));
  return [`// Nothing to write here: ${group[0]?.instead ?? ""}`, ...[...places].map((what) => `//   ${what}`)];
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
