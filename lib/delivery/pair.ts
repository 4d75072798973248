/**
 * Pairs items with what was said of each.
 *
 * @throws {RangeError} when they are not as many, or one is missing: somebody would be given another's, or none
 */
export function pair<Item, Of>(items: readonly Item[], answers: readonly Of[]): readonly (readonly [Item, Of])[] {
  if (answers.length !== items.length) {
    throw new RangeError(`expected an answer for each of ${items.length}, got ${answers.length}: report this`);
  }
  return items.map((item, at) => [item, given(answers[at])] as const);
}

/**
 * Asks for items together; answer i belongs to item i.
 *
 * @throws {RangeError} when there is not one answer for each
 */
export async function answerEach<Item, Of>(
  items: readonly Item[],
  answer: (items: readonly Item[]) => Promise<readonly Of[]>,
): Promise<readonly Of[]> {
  return pair(items, await answer(items)).map(([, own]) => own);
}

/**
 * Gets what was said of a key.
 *
 * @throws {RangeError} when nothing was: a hole must not look like an outcome
 */
export function answerOf<Key, Of>(answers: ReadonlyMap<Key, Of>, key: Key): Of {
  return given(answers.get(key));
}

function given<Of>(answer: Of | undefined): Of {
  if (answer === undefined) throw new RangeError("expected an answer for each, got none for one of them: report this");
  return answer;
}

/** What is known of an item at once, or what has to be asked for it. */
export type Sorted<Asked, Of> = { readonly known: Of } | { readonly ask: Asked };

/**
 * Answers what is known at once, and asks for the rest together; answer i belongs to item i.
 *
 * @throws {RangeError} when what was asked got more or fewer answers than there were questions
 */
export async function answerAll<Asked, Of>(
  sorted: readonly Sorted<Asked, Of>[],
  answer: (asked: readonly Asked[]) => Promise<readonly Of[]>,
): Promise<readonly Of[]> {
  const asked = sorted.flatMap((each) => ("ask" in each ? [each.ask] : []));
  const answers = pair(asked, asked.length === 0 ? [] : await answer(asked)).values();
  return sorted.map((each) => ("known" in each ? each.known : (answers.next().value as readonly [Asked, Of])[1]));
}

/**
 * Asks for the items of all groups together; answers come in the groups of their items.
 *
 * @throws {RangeError} when there are more or fewer answers than items
 */
export async function answerTogether<Item, Of>(
  groups: readonly (readonly Item[])[],
  answer: (items: readonly Item[]) => Promise<readonly Of[]>,
): Promise<readonly (readonly Of[])[]> {
  const answers = [...(await answerEach(groups.flat(), answer))];
  return groups.map(({ length }) => answers.splice(0, length));
}

/**
 * Turns rows of `width` cells into columns.
 *
 * @throws {RangeError} when a row has more or fewer cells
 */
export function transpose<Cell>(rows: readonly (readonly Cell[])[], width: number): readonly (readonly Cell[])[] {
  const columns = Array.from({ length: width }, (): Cell[] => []);
  for (const row of rows) for (const [column, cell] of pair(columns, row)) column.push(cell);
  return columns;
}
