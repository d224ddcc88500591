import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Bind } from './bind';
import type { Direction } from './order';

/**
 * A table that tells, for each stretch of so many sequences, a bound of the times in it: no row of the stretch has an earlier
 * or a later one. Rows made since March are then found in the order of insertion without passing those made before.
 */
export interface Zones {
  readonly table: SQLiteTable;
  /** The number of the stretch: the sequence, divided. */
  readonly zone: SQLiteColumn;
  /** How many sequences a stretch has. */
  readonly size: number;
  /** Stretches of so many stretches are in the table, too: the first one as -1, the second as -2. */
  readonly wide: number;
  /** The first sequence of no zone, and the earliest time from there on, where the newest rows are in none yet. */
  readonly tail?: { readonly start: SQL; readonly oldest: SQL };
  /** For attributes, by name: the columns of their bounds. */
  readonly times: Readonly<Record<string, { readonly oldest: SQLiteColumn; readonly newest: SQLiteColumn }>>;
}

/** A range of an attribute: what its values are beyond, or not beyond. */
export interface Range {
  readonly attribute: string;
  readonly side: 'above' | 'below';
  readonly bound: string | number;
}

/** A sequence that no row within the ranges is below, or, in the other direction, at or above. */
export function beginsAt(
  zones: Zones,
  ranges: readonly Range[],
  direction: Direction,
  bind: Bind,
): SQL | undefined {
  const { table, zone, size, wide, times } = zones;
  const [width, many] = [size, wide].map((count) => sql.raw(String(count)));
  // One is enough: the range that a list of the newest, or of the oldest, begins with.
  const side = direction === 'asc' ? 'above' : 'below';
  const range = ranges.find((one) => times[one.attribute] && one.side === side);
  const time = range && times[range.attribute];
  if (!range || !time) return undefined;
  const within =
    side === 'above'
      ? sql`${time.newest} >= ${bind(range.bound)}`
      : sql`${time.oldest} <= ${bind(range.bound)}`;
  const [fine, coarse] = direction === 'asc' ? [sql`ASC`, sql`DESC`] : [sql`DESC`, sql`ASC`];
  const area = sql`(SELECT -1 - ${zone} FROM ${table} WHERE ${zone} < 0 AND ${within} ORDER BY ${zone} ${coarse} LIMIT 1)`;
  const inArea =
    direction === 'asc'
      ? sql`${zone} >= ${area} * ${many}`
      : sql`${zone} >= 0 AND ${zone} < (${area} + 1) * ${many}`;
  const first = sql`(SELECT ${zone} FROM ${table} WHERE ${inArea} AND ${within} ORDER BY ${zone} ${fine} LIMIT 1)`;
  const { tail } = zones;
  if (direction === 'asc') {
    const begin = sql`(coalesce(${first}, 4503599627370495) * ${width})`;
    return tail ? sql`min(${begin}, ${tail.start})` : begin;
  }
  const end = sql`((coalesce(${first}, -1) + 1) * ${width})`;
  return tail ? sql`iif(${tail.oldest} <= ${bind(range.bound)}, 9007199254740991, ${end})` : end;
}
