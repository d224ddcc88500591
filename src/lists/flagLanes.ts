import { type SQL, sql } from 'drizzle-orm';
import type { Asked } from './asked';
import type { Attribute } from './attributes';
import { isLarge } from './bounds';
import type { Found, Wanted } from './find';
import { allFlags, type Flags, ranked } from './flags';
import type { Lane } from './lanes';
import { beyond, type Direction } from './order';
import type { Source } from './source';

/*
 * The index of flags has the rows of each number in the order of their sequence. Of each number that is asked for, as many
 * rows are read as the page could have; what they are in order is found by sorting those.
 */

/** Rows read of each number, above which a walk through the list is tried instead. */
const MOST_READ = 8000;

/** Where flags tell all that is asked, and the order is of flags, or of the sequence alone. */
export function byFlags(source: Source, asked: Asked, wanted: Wanted): Found | undefined {
  const { flags, attributes } = source;
  const { order, cursor, limit, offset } = wanted;
  if (!flags || (order.terms.length === 0 && !asked.flags)) return undefined;
  const all = ranked(flags, allFlags(flags), order, attributes);
  const own = all?.list.filter(([value]) => !asked.flags || asked.flags.includes(value));
  if (!all || !own) return undefined;
  const isMuch = own.length * (limit + offset) * 3 > MOST_READ + 40 * limit;
  if (isMuch && order.terms.length === 0) return undefined;

  const number = sql`json_extract(flag.value, '$[0]')`;
  const rank = sql`json_extract(flag.value, '$[1]')`;
  const { sequence } = all;
  const first = sequence === 'asc' ? sql`0` : sql.raw('9223372036854775807');
  const here =
    cursor &&
    sql`(SELECT json_extract(value, '$[1]') FROM json_each(${JSON.stringify(all.list)}) WHERE json_extract(value, '$[0]') = ${cursor.at(flags.expression)})`;
  const start = cursor ? sql`iif(${rank} = ${here}, ${cursor.seq}, ${first})` : first;
  const rows = rowsOf(source, flags, number, sequence, start, limit + offset);
  const large = isLarge(source);
  const limited = isMuch && large ? sql`iif(${large}, 0, ${limit})` : sql`${limit}`;
  return {
    sequences: sql`SELECT seq FROM (SELECT ${rank} AS place, row.value AS seq
      FROM json_each(${JSON.stringify(own)}) AS flag, json_each(${rows}) AS row
      WHERE ${here ? sql`${rank} >= ${here}` : sql`1`}
      ORDER BY 1, 2 ${sql.raw(sequence)} LIMIT ${limited} OFFSET ${offset})`,
    tables: [],
    ...(isMuch && large ? { undecided: large } : {}),
  };
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
  const rows = rowsOf(source, flags, sql`flag.value`, sequence, start, most);
  return {
    from: sql`json_each(${JSON.stringify(own)}) AS flag, json_each(${rows}) AS row`,
    where: sql`1`,
    seq: sql`row.value`,
    key: sql`NULL`,
    known: true,
  };
}
