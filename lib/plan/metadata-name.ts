/**
 * Member of a record, and column of a table, under which generated values travel. No event field of this name passes
 * beside it.
 */
export const METADATA_NAME = "_shield";
