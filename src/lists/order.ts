import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type Attribute, isNullable } from './attributes';

export type Direction = 'asc' | 'desc';

export interface SortTerm {
  readonly attribute: Attribute;
  readonly direction: Direction;
}

/** What rows are sorted by: attributes, then their sequence. SQLite's nulls are smallest: first going up. */
export interface SortOrder {
  readonly terms: readonly SortTerm[];
  readonly sequence: Direction | 'random';
}

/** An expression of the row that the cursor names. */
export type AtCursor = (expression: SQL) => SQL;

/** The same order from its end. */
export function flip({ terms, sequence }: SortOrder): SortOrder {
  return {
    terms: terms.map(({ attribute, direction }) => ({ attribute, direction: opposite(direction) })),
    sequence: sequence === 'random' ? sequence : opposite(sequence),
  };
}

function opposite(direction: Direction): Direction {
  return direction === 'asc' ? 'desc' : 'asc';
}

/** @param plus `+` keeps SQLite from choosing an index for the order where another way to the rows is meant */
export function orderBy({ terms, sequence }: SortOrder, seq: SQLiteColumn, plus: '' | '+' = ''): SQL[] {
  const sorted = (column: SQLiteColumn | SQL, direction: Direction) =>
    sql`${sql.raw(plus)}${column} ${sql.raw(direction)}`;
  return [
    ...terms.map(({ attribute, direction }) => sorted(attribute.column, direction)),
    sequence === 'random' ? sql`random()` : sorted(seq, sequence),
  ];
}

const greatest = sql.raw('9223372036854775807');

/** Rows that are behind the cursor because either of the two is null; nulls are smallest. */
function acrossNull({ attribute, direction }: SortTerm, atCursor: AtCursor): SQL {
  const { column } = attribute;
  const isHereNull = atCursor(sql`${column} IS NULL`);
  return direction === 'asc'
    ? sql`(${column} IS NOT NULL AND ${isHereNull})`
    : sql`(${column} IS NULL AND NOT ${isHereNull})`;
}

/** The comparison that holds for what follows in a direction. */
export function beyond(direction: Direction | 'random'): SQL {
  return sql.raw(direction === 'desc' ? '<' : '>');
}

/** What no value of the attribute is less than. */
export function leastOf({ type }: Attribute): SQL {
  return sql.raw(type === 'string' || type === 'array' ? "''" : '-9223372036854775808');
}

/** The first sequence of none: what no sequence is beyond. */
export function beyondAll(direction: Direction): SQL {
  return direction === 'asc' ? greatest : sql`0`;
}

/** Behind the cursor by the first attribute, or level there and behind it by the next, and so on. */
export function behind({ terms, sequence }: SortOrder, seq: SQLiteColumn, atCursor: AtCursor): SQL {
  return terms.reduceRight(
    (rest, term) => {
      const { column } = term.attribute;
      const here = atCursor(sql`${column}`);
      const further = sql`${column} ${beyond(term.direction)} ${here}`;
      const across = isNullable(term.attribute) ? sql` OR ${acrossNull(term, atCursor)}` : sql``;
      return sql`(${further}${across} OR (${column} IS ${here} AND ${rest}))`;
    },
    sql`${seq} ${beyond(sequence)} ${atCursor(sql`${seq}`)}`,
  );
}
