import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type Attribute, isIndexed, isNullable } from './attributes';

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

/**
 * The list from behind the cursor, or from its start, to its end: one condition, or several that share no row and
 * whose rows are to be sorted together.
 *
 * In an index SQLite finds a value's rows from a sequence on, and what is beyond a value, but not both by one
 * condition: it would pass every row of that value before the cursor, a million where a million names are empty. Nor
 * does it compare anything with null. Hence the row's own value, the values beyond it, and beyond those the nulls.
 *
 * Each condition bounds `seq` or the attribute even without a cursor: the plan is then a search of an index, which
 * tells it from the full scans that must not be.
 */
export function stretches(order: SortOrder, seq: SQLiteColumn, atCursor: AtCursor | undefined): SQL[] {
  const [first, ...rest] = order.terms;
  if (!first || order.sequence === 'random') return [fromSequence(order.sequence, seq, atCursor)];
  if (!isIndexed(first.attribute)) {
    const start = sql`${seq} > 0`;
    return [atCursor ? sql`(${start} AND ${behind(order, seq, atCursor)})` : start];
  }
  const { column } = first.attribute;
  const nullable = isNullable(first.attribute);
  if (!atCursor) {
    const values = sql`${column} >= ${leastOf(first.attribute)}`;
    return nullable ? [values, sql`${column} IS NULL`] : [values];
  }
  const here = atCursor(sql`${column}`);
  const level = sql`${column} IS ${here} AND ${behind({ ...order, terms: rest }, seq, atCursor)}`;
  const further = sql`${column} ${beyond(first.direction)} ${here}`;
  return nullable ? [level, further, acrossNull(first, seq, atCursor)] : [level, further];
}

/**
 * Rows that are behind the cursor because either of the two is null; nulls are smallest. Where the cursor's row is not
 * on the side that this takes, the bound is one that nothing meets, which costs no reading.
 */
function acrossNull({ attribute, direction }: SortTerm, seq: SQLiteColumn, atCursor: AtCursor): SQL {
  const { column } = attribute;
  return direction === 'asc'
    ? sql`${column} >= ${atCursor(sql`iif(${column} IS NULL, ${leastOf(attribute)}, NULL)`)}`
    : sql`(${column} IS NULL AND ${seq} > ${atCursor(sql`iif(${column} IS NULL, ${greatest}, 0)`)})`;
}

const greatest = sql.raw('9223372036854775807');

function fromSequence(
  direction: Direction | 'random',
  seq: SQLiteColumn,
  atCursor: AtCursor | undefined,
): SQL {
  if (!atCursor) return sql`${seq} > 0`;
  return sql`${seq} ${beyond(direction)} ${atCursor(sql`${seq}`)}`;
}

/** The comparison that holds for what follows in a direction. */
export function beyond(direction: Direction | 'random'): SQL {
  return sql.raw(direction === 'desc' ? '<' : '>');
}

/** What no value of the attribute is less than. */
function leastOf({ type }: Attribute): SQL {
  return sql.raw(type === 'string' || type === 'array' ? "''" : '-9223372036854775808');
}

/** Behind the cursor by the first attribute, or level there and behind it by the next, and so on. */
function behind({ terms, sequence }: SortOrder, seq: SQLiteColumn, atCursor: AtCursor): SQL {
  return terms.reduceRight(
    (rest, term) => {
      const { column } = term.attribute;
      const here = atCursor(sql`${column}`);
      const further = sql`${column} ${beyond(term.direction)} ${here}`;
      const across = isNullable(term.attribute) ? sql` OR ${acrossNull(term, seq, atCursor)}` : sql``;
      return sql`(${further}${across} OR (${column} IS ${here} AND ${rest}))`;
    },
    fromSequence(sequence, seq, atCursor),
  );
}
