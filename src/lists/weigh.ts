import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { Database } from '../db/database';
import { ApiError } from '../http/errors';
import { tableOf } from './bind';
import type { Columns, Needed } from './columns';
import { hasSequence, type Source } from './source';

/*
 * A page is weighed before it is read: 5,000 rows may hold 64 kB of preferences each, and a Worker has 128 MB. The sum
 * of what the page's rows take is found in the same statement, from the lengths that SQLite keeps beside the values;
 * where it is too much, one row comes instead of all, with the sum, which tells `isTooLarge`.
 */

/** The most bytes of a page, as it is read and as it is answered. */
export const MOST_PAGE_BYTES = 10_000_000;

/** What is thrown where a page would be larger. */
export function pageTooLarge(): ApiError {
  return new ApiError(
    'general_argument_invalid',
    'Invalid `queries` param: this page is larger than 10 MB. Ask for fewer rows with `limit`, or for fewer fields with `select`.',
  );
}

/** So many rows fit, whatever they hold: the largest, a user with its labels and a hundred targets, takes 360 kB. */
export const MOST_UNWEIGHED = 25;

const pages = sql.raw('list_page');
const weight = sql.raw('(SELECT bytes FROM list_weight)');

interface Weighed<Of extends Columns> {
  /** What a statement that uses the rest has to begin with. */
  readonly tables: readonly WithSubquery[];
  /** Those of the page, or of one row of it. */
  readonly sequences: SQL;
  readonly columns: Of;
}

/** @param sequences a sub-query whose only column, `seq`, has the sequences of the page */
export function weigh<Of extends Columns>(
  db: Database,
  source: Source,
  { columns, bytes }: Needed<Of>,
  sequences: SQL,
): Weighed<Of> {
  const { from, joined = sql`${from}` } = source;
  return {
    // Each is used twice, so SQLite evaluates it once and keeps it, unless it can make it a part of what uses it: a
    // DISTINCT it can't.
    tables: [
      tableOf(db, 'list_page', sql`SELECT DISTINCT seq FROM (${sequences})`),
      tableOf(
        db,
        'list_weight',
        sql`SELECT sum(${bytes}) AS bytes FROM ${joined} WHERE ${hasSequence(source, sql`SELECT seq FROM ${pages}`)}`,
      ),
    ],
    sequences: sql`SELECT seq FROM ${pages} LIMIT iif(${weight} > ${sql.raw(String(MOST_PAGE_BYTES))}, 1, -1)`,
    columns: { ...columns, pageBytes: sql`${weight}`.mapWith(Number).as('page_bytes') },
  };
}

/** Whether the page that the rows are of was more than they are. */
export function isTooLarge(rows: readonly object[]): boolean {
  const [first] = rows;
  return first !== undefined && 'pageBytes' in first && Number(first.pageBytes) > MOST_PAGE_BYTES;
}
