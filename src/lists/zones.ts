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
  /** For attributes, by name: the columns of their bounds. */
  readonly times: Readonly<Record<string, { readonly oldest: SQLiteColumn; readonly newest: SQLiteColumn }>>;
}

/** A range of an attribute: what its values are beyond, or not beyond. */
export interface Range {
  readonly attribute: string;
  readonly side: 'above' | 'below';
  readonly bound: string | number;
}

/** Conditions on the sequence that all rows within the ranges fulfil: where they begin, in the direction of the list. */
export function beginsAt(
  zones: Zones,
  ranges: readonly Range[],
  direction: Direction,
  seq: SQL,
  bind: Bind,
): SQL[] {
  const { table, zone, size, times } = zones;
  const width = sql.raw(String(size));
  return ranges.flatMap(({ attribute, side, bound }) => {
    const time = times[attribute];
    if (!time) return [];
    const within =
      side === 'above' ? sql`${time.newest} >= ${bind(bound)}` : sql`${time.oldest} <= ${bind(bound)}`;
    const first = sql`SELECT ${zone} FROM ${table} WHERE ${within} ORDER BY ${zone} ${sql.raw(direction)} LIMIT 1`;
    return direction === 'asc'
      ? [sql`${seq} >= coalesce((${first}), 9223372036854) * ${width}`]
      : [sql`${seq} < (coalesce((${first}), -1) + 1) * ${width}`];
  });
}
