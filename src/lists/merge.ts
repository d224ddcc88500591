import { type SQL, sql } from 'drizzle-orm';
import { all } from './compile';
import type { Lane } from './lane';
import type { SortOrder } from './order';
import type { Source } from './source';

/**
 * Rows of lanes, in the order that they share: `SELECT [key, …] seq [, fits]`, up to a LIMIT. SQLite reads each no further
 * than the rest takes rows. A compound is sorted by its columns' numbers; several may have one name.
 * @param fits what each row is told to fulfil or not, in a column of that name
 */
export function merged(
  lanes: readonly Lane[],
  { terms, sequence }: SortOrder,
  limit: SQL,
  fits?: SQL | undefined,
): SQL {
  const [first] = terms;
  const selects = lanes.map(({ from, where, seq, key, known }) => {
    const keys = first ? sql`${key ?? first.attribute.column} AS "key", ` : sql``;
    const test = fits ? sql`, (${known ? sql`1` : fits}) AS fits` : sql``;
    return sql`SELECT ${keys}${seq} AS seq${test} FROM ${from} WHERE ${where}`;
  });
  return sql`${sql.join(selects, sql` UNION ALL `)} ORDER BY ${numbered({ terms: first ? [first] : [], sequence })} ${limit}`;
}

/** The order of a compound whose columns are the attributes, then the sequence. */
export function numbered({ terms, sequence }: SortOrder): SQL {
  const directions = [...terms.map(({ direction }) => direction), sequence === 'desc' ? 'desc' : 'asc'];
  return sql.raw(directions.map((direction, index) => `${index + 1} ${direction}`).join(', '));
}

/** Conditions that no index is sought for. */
export function opaque(tests: readonly SQL[]): SQL {
  const joined = all(tests);
  return joined ? sql` AND (${joined}) IS TRUE` : sql``;
}

/** Rows, or none. A condition that holds a sub-query would be looked at for each row; a LIMIT is before the first. */
export function guarded(rows: SQL, guard: SQL): SQL {
  return sql`SELECT * FROM (${rows} LIMIT iif(${guard}, -1, 0))`;
}

/** What rows are sorted by, and their sequence. `+` keeps SQLite from choosing an index for the order. */
export function keysOf({ terms, sequence }: SortOrder, { seq }: Source, plus: '' | '+'): SQL {
  if (sequence === 'random') return sql`random(), ${seq} AS seq`;
  const columns = terms.map(({ attribute }) => sql`${sql.raw(plus)}${attribute.column}, `);
  return sql`${sql.join(columns)}${sql.raw(plus)}${seq} AS seq`;
}
