/**
 * The stored script by which a search index keeps the newest state of an entity, compared inside the index.
 *
 * Its name carries its version: another script is another name, so that writers of two versions never share one.
 */
export const NEWEST_SCRIPT = {
  id: "event-shield-newest-state-1",
  /** `_shield.order` decides: of two strings of one width the greater one is newer, an equal one is the same state. */
  source: [
    "def held = ctx._source._shield;",
    "if (held != null && held.order != null && held.order.compareTo(params.order) >= 0) { ctx.op = 'none' }",
    "else {",
    "Map document = params.document;",
    "if (document._shield == null) { document._shield = new HashMap() }",
    "document._shield.order = params.order;",
    "ctx._source = document",
    "}",
  ].join(" "),
} as const;

/** Body of `PUT _scripts/<id>`. */
export const NEWEST_SCRIPT_BODY: string = JSON.stringify({
  script: { lang: "painless", source: NEWEST_SCRIPT.source },
});

/** How often an index repeats the comparison when another writer was faster; 16 writers of one entity needed 3. */
const RETRY_ON_CONFLICT = 3;

const NEWLINE = Buffer.from("\n");

/** A state that an index is to keep if it is the newest. */
export interface NewestItem {
  readonly index: string;
  readonly id: string;
  readonly order: string;
  readonly document: Uint8Array;
}

/** Writes the two lines of `_bulk` that keep a state if it is the newest; the answer holds the order that is kept. */
export function newestLines({ index, id, order, document }: NewestItem): Uint8Array {
  const action = { update: { _index: index, _id: id, retry_on_conflict: RETRY_ON_CONFLICT } };
  const script = `{"id":${JSON.stringify(NEWEST_SCRIPT.id)},"params":{"order":${JSON.stringify(order)},"document":`;
  const head = `${JSON.stringify(action)}\n{"scripted_upsert":true,"upsert":{},"_source":["_shield.order"],"script":${script}`;
  return Buffer.concat([Buffer.from(head), document, Buffer.from("}}}"), NEWLINE]);
}
