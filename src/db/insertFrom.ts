import { getTableColumns, is, type SQL, SQL as SqlClass, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database } from './database';

/**
 * Values of a row but its sequence, which is the next one unless an expression tells it; any of them may be an expression over the tables selected from. What has a default,
 * or may be null, may be left out as in any other insert.
 */
type RowFrom<Table extends SQLiteTable> = {
  readonly [Column in keyof Omit<Table['$inferInsert'], 'seq'>]: Table['$inferInsert'][Column] | SQL;
} & { readonly seq?: SQL };

/**
 * `INSERT INTO table SELECT … FROM …`: a row for each that the tail finds, none where it finds none. This is how a
 * batch writes something only if something else holds, without asking first.
 * @param tail from `FROM` on
 */
export function insertFrom<Table extends SQLiteTable>(
  db: Database,
  table: Table,
  row: RowFrom<Table>,
  tail: SQL,
) {
  const given: Readonly<Record<string, unknown>> = row;
  const values = Object.entries(getTableColumns(table)).map(([name, column]) => {
    if (name === 'seq') return row.seq ?? sql`NULL`;
    const value = given[name] === undefined ? (column.default ?? null) : given[name];
    return is(value, SqlClass) ? value : sql.param(value, column);
  });
  return db.insert(table).select(sql`SELECT ${sql.join(values, sql`, `)} ${tail}`);
}
