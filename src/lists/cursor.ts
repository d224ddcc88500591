import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';
import { tableOf } from './bind';
import { all } from './compile';
import type { Cursor } from './found';
import type { Plan } from './plan';
import { hasSequence, type Source } from './source';

interface CursorRow {
  readonly cursor: Cursor | undefined;
  /** What a statement that uses the cursor has to begin with. */
  readonly tables: readonly WithSubquery[];
}

const table = 'list_cursor';

/**
 * The row that the cursor names, looked up within the statement. An order compares with it many times over; its sequence is
 * found once, so that the parameters of the look-up count once (see bind.ts).
 */
export function cursorOf(db: Database, source: Source, plan: Plan): CursorRow {
  const found = cursorSeq(source, plan);
  if (!found) return { cursor: undefined, tables: [] };
  const { from } = source;
  const at = (expression: SQL) =>
    sql`(SELECT ${expression} FROM ${from} WHERE ${hasSequence(source, sql`SELECT seq FROM ${sql.raw(table)}`)})`;
  return {
    cursor: { at, seq: sql`(SELECT seq FROM ${sql.raw(table)})` },
    tables: [tableOf(db, table, sql`SELECT ${found} AS seq`)],
  };
}

/** The sequence of the cursor's row as a sub-query, null without such a row; undefined where there is no cursor. */
export function cursorSeq(source: Source, plan: Plan): SQL | undefined {
  const { cursor, order } = plan;
  // Orders by attributes compare with the row's own values.
  if (cursor && source.placeOf && order.terms.length === 0) {
    const place = source.placeOf(cursor.id) ?? null;
    return sql`(SELECT seq FROM (SELECT CAST(${place} AS INTEGER) AS seq) WHERE seq <= (SELECT max(${source.seq}) FROM ${source.from}))`;
  }
  const row = cursorCondition(source, plan);
  return row && sql`(SELECT ${source.seq} FROM ${source.from} WHERE ${row})`;
}

/** Only within the list's own rows; but a row that filters or search leave out is a place in the list like any other. */
function cursorCondition({ id, where }: Source, { cursor }: Plan): SQL | undefined {
  if (!cursor || !id) return undefined;
  return all([sql`${id} = ${cursor.id.toWellFormed()}`, ...(where ? [where] : [])]);
}
