import { indexMappingOf, lakeTablesOf } from "#formats";
import type { Plan, SinkName } from "#plan";
import { indexName } from "./bulk-lines.ts";
import { NEWEST_SCRIPT, NEWEST_SCRIPT_BODY } from "./newest-script.ts";

/** A file that sets up a consumer's store. */
export interface StoreFile {
  readonly name: string;
  readonly text: string;
}

const FILES: Readonly<Record<SinkName, (plan: Plan, folder: string) => readonly StoreFile[]>> = {
  LAKE: lakeTablesOf,
  LOG_INDEX: (plan) => [templateFile(`${indexName(plan)}-*`, plan, {})],
  ENTITY_INDEX: (plan) => [
    templateFile(indexName(plan), plan, { filter: { bool: { must_not: { term: { deleted: true } } } } }),
    { name: `script-${NEWEST_SCRIPT.id}.json`, text: `${NEWEST_SCRIPT_BODY}\n` },
  ],
  FIFO_QUEUE: () => [],
  STANDARD_QUEUE: () => [],
};

/**
 * Writes what a processor's store needs before it takes the first record, from the plan alone.
 *
 * An index template for `PUT _index_template/<processor>`: its mapping, and the alias that consumers search, which hides
 * entities that are gone. The script of an entity index for `PUT _scripts/<id>`. Table definitions of a lake.
 *
 * @param folder of the processor's output below the output directory
 */
export function storeFilesOf(plan: Plan, folder: string): readonly StoreFile[] {
  return FILES[plan.delivery.sink](plan, folder);
}

/** Name of the alias: the processor's, whatever the generation. */
export function aliasOf({ processor }: Pick<Plan, "processor">): string {
  return processor.toLowerCase().replaceAll("_", "-");
}

/** Above those that OpenSearch brings. */
const PRIORITY = 500;

function templateFile(pattern: string, plan: Plan, alias: object): StoreFile {
  const template = { ...indexMappingOf(plan), aliases: { [aliasOf(plan)]: alias } };
  const body = { index_patterns: [pattern], priority: PRIORITY, template };
  return { name: "index-template.json", text: `${JSON.stringify(body, undefined, 2)}\n` };
}
