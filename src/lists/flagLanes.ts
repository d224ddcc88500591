import { type SQL, sql } from 'drizzle-orm';
import type { Asked } from './asked';
import type { Attribute } from './attributes';
import { isLarge } from './bounds';
import { allFlags, type Flags, rankedBy } from './flags';
import type { Found, Wanted } from './found';
import type { Lane } from './lane';
import { beyond, type Direction } from './order';
import type { Source } from './source';

/*
 * The index of flags has the rows of each number in the order of their sequence. Of each number that is asked for, as many
 * rows are read as the page could have; what they are in order is found by sorting those.
 */

/** Rows that a page may read for what it is found among, beside 40 for each of its own. */
const MOST_READ = 8000;

/** Rows to skip, above which a walk through the list is tried instead. */
export const MOST_SKIPPED = 50;

/** Where flags tell all that is asked, and the order is of flags, or of the sequence alone. */
export function byFlags(source: Source, asked: Asked, wanted: Wanted): Found | undefined {
  const { flags, attributes } = source;
  const { order, cursor, limit, offset } = wanted;
  if (!flags || (order.terms.length === 0 && (!asked.flags || offset > MOST_SKIPPED))) return undefined;
  const ranked = rankedBy(flags, order, attributes);
  if (!ranked) return undefined;
  const { rank, sequence } = ranked;
  const here = cursor && (order.terms.length > 0 ? rank(cursor.at(flags.expression)) : sql`0`);
  const own = rank(sql`flag.number`);
  const numbers = numbersOf(source, flags, asked.flags);
  const first = sequence === 'asc' ? sql`0` : sql.raw('9223372036854775807');
  const start = cursor ? sql`iif(${own} = ${here}, ${cursor.seq}, ${first})` : first;
  const rows = rowsOf(source, flags, sql`flag.number`, sequence, start, limit + offset);
  const large = isLarge(source);
  const most = (asked.flags?.length ?? allFlags(flags).length) * (limit + offset) * 3;
  const isMuch =
    large && most > MOST_READ + 40 * limit
      ? sql`(${large} AND (SELECT count(*) FROM (${numbers})) * ${3 * (limit + offset)} > ${MOST_READ + 40 * limit})`
      : undefined;
  return {
    sequences: sql`SELECT seq FROM (SELECT ${own} AS place, row.value AS seq
      FROM (${numbers}) AS flag, json_each(${rows}) AS row
      WHERE ${here ? sql`${own} >= ${here}` : sql`1`}
      ORDER BY 1, 2 ${sql.raw(sequence)} LIMIT ${isMuch ? sql`iif(${isMuch}, 0, ${limit})` : sql`${limit}`} OFFSET ${offset})`,
    tables: [],
    ...(isMuch ? { undecided: isMuch } : {}),
  };
}

/** The numbers that rows have, found by skipping from one to the next in the index; of those, the ones that are asked for. */
function numbersOf({ from }: Source, { expression }: Flags, among: readonly number[] | undefined): SQL {
  const after = (number: SQL) =>
    sql`(SELECT ${expression} FROM ${from} WHERE ${expression} > ${number} ORDER BY ${expression} LIMIT 1)`;
  // Compared as text: a list of numbers would be read row by row.
  const asked = among ? sql` AND instr(${`,${among.join()},`}, ',' || number || ',') > 0` : sql``;
  return sql`WITH RECURSIVE numbers(number) AS (SELECT ${after(sql`-1`)} UNION ALL SELECT ${after(sql`numbers.number`)} FROM numbers WHERE number IS NOT NULL)
    SELECT number FROM numbers WHERE number IS NOT NULL${asked}`;
}

/** The first sequences of rows with a number, as JSON. */
function rowsOf(
  { from, seq }: Source,
  { expression }: Flags,
  number: SQL,
  sequence: Direction,
  start: SQL,
  most: number,
): SQL {
  return sql`(SELECT json_group_array(seq) FROM (SELECT ${seq} AS seq FROM ${from}
    WHERE ${expression} = ${number} AND ${seq} ${beyond(sequence)} ${start}
    ORDER BY ${seq} ${sql.raw(sequence)} LIMIT ${most}))`;
}

/** Rows whose attribute is null, by the flags that tell so; undefined where none do. */
export function nullsByFlags(
  source: Source,
  attribute: Attribute,
  numbers: readonly number[],
  sequence: Direction,
  start: SQL,
  most: number,
): Lane | undefined {
  const { flags, attributes } = source;
  const index =
    flags?.bits.findIndex((bit) => attributes[bit.attribute] === attribute && bit.is === 'null') ?? -1;
  if (!flags || index < 0) return undefined;
  const bit = 1 << (flags.bits.length - 1 - index);
  const own = numbers.filter((value) => value & bit);
  const rows = rowsOf(source, flags, sql`flag.number`, sequence, start, most);
  return {
    from: sql`(${numbersOf(source, flags, own)}) AS flag, json_each(${rows}) AS row`,
    where: sql`1`,
    seq: sql`row.value`,
    key: sql`NULL`,
    known: true,
  };
}
