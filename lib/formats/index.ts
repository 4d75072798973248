export type { ColumnValue } from "./column-value.ts";
export { envelopeSchema } from "./envelope-schema.ts";
export type { Format, FormatFacts, FormatRecord, NotRepresentable, Row } from "./format.ts";
export { formatOf } from "./formats.ts";
export { type GlueTable, glueTableOf } from "./glue-table.ts";
export { indexMappingOf } from "./index-mapping.ts";
export { jsonSchemaOf } from "./json-schema.ts";
export { type Merger, mergerOf } from "./mergers.ts";
export { type Table, tableOf } from "./table.ts";
