import { getTableColumns, is, SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/** Values of a row, each as its column stores it. */
export type Stored<Values> = { [Name in keyof Values]: SQL };

/**
 * Values of a row for a `statement`: each as its column stores it, such as an object as JSON. What is undefined is left out, and
 * SQL is as it is.
 */
export function columnValues<Values extends object>(table: SQLiteTable, values: Values): Stored<Values>;
export function columnValues(table: SQLiteTable, values: object): Stored<Record<string, unknown>> {
  const columns = getTableColumns(table);
  const stored: Record<string, SQL> = {};
  for (const [name, value] of Object.entries(values)) {
    const column = columns[name];
    if (value === undefined || column === undefined) continue;
    stored[name] = is(value, SQL) ? value : sql`${sql.param(value, column)}`;
  }
  return stored;
}
