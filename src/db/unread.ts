import { type GetColumnData, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

/**
 * Stands in a select for a column whose value its answer does not tell: nothing is read of it, and the row has null, or
 * what is empty for its type.
 */
export function unread<Column extends SQLiteColumn>(column: Column): SQL.Aliased<GetColumnData<Column>> {
  return sql<GetColumnData<Column>>`${sql.raw(emptyOf(column))}`.mapWith(column).as(column.name);
}

function emptyOf({ notNull, dataType, default: given }: SQLiteColumn): string {
  if (!notNull) return 'NULL';
  if (dataType === 'json') return "'[]'";
  if (dataType !== 'string') return '0';
  return typeof given === 'string' ? `'${given}'` : "''";
}
