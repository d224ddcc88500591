import { type SQL, sql } from 'drizzle-orm';
import type { Lane } from './lanes';
import type { SortOrder } from './order';

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
