/** The name and number of a field in its `.proto` file. */
export interface FieldId {
  readonly name: string;
  readonly number: number;
}

/** Fields of the existing files: by full message name, then by JSON key. */
export type FieldIds = ReadonlyMap<string, ReadonlyMap<string, FieldId>>;

/**
 * Reads names and numbers of fields out of the pack's `.proto` files, so that a field keeps both for good.
 *
 * Reads the layout that `printProtoFile` writes, and what people write in it: a message or a field per line.
 */
export function readFieldIds(texts: readonly string[]): FieldIds {
  const ids = new Map<string, Map<string, FieldId>>();
  for (const text of texts) readFile(text, ids);
  return ids;
}

function readFile(text: string, ids: Map<string, Map<string, FieldId>>): void {
  const open: string[] = [];
  for (const statement of statementsOf(text)) {
    const message = /^message (\w+)/.exec(statement)?.[1];
    if (message !== undefined) open.push(message);
    else if (statement === "}") open.pop();
    else addField(statement, { ids, message: open.join(".") });
  }
}

/** Statements without comments, those that run over several lines put together. */
function statementsOf(text: string): readonly string[] {
  const statements: string[] = [];
  let open = "";
  for (const line of text.split("\n").map((line) => line.replace(/(^|\s)\/\/.*$/, "").trim())) {
    open = `${open} ${line}`.trim();
    if (!/[;{]$/.test(open) && open !== "}") continue;
    statements.push(open);
    open = "";
  }
  return statements;
}

function addField(
  statement: string,
  { ids, message }: { ids: Map<string, Map<string, FieldId>>; message: string },
): void {
  const found = /^(?:repeated )?[\w.<>, ]+? (\w+) = (\d+)\b(.*);$/.exec(statement);
  if (found === null || statement.startsWith("option ")) return;
  const [, name = "", number = "", options = ""] = found;
  const key = /json_name = "([^"]+)"/.exec(options)?.[1] ?? name;
  const fields = ids.get(message) ?? new Map<string, FieldId>();
  ids.set(message, fields.set(key, { name, number: Number(number) }));
}
