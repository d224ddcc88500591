import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type Attribute, attributeOf, indexOf, isNullable, storedValue } from './attributes';
import type { Bind } from './bind';
import { all } from './compile';
import { nullsByFlags } from './flagLanes';
import {
  type AtCursor,
  beyond,
  beyondAll,
  type Direction,
  leastOf,
  type SortTerm,
} from './order';
import type { Condition } from './query';
import type { Source } from './source';
import { afterPrefix } from './text';
import { beginsAt, type Range } from './zones';

/**
 * Rows of a list that an index has in its order: a part of the list, or all of it. Several lanes share no row, and are merged.
 *
 * In an index SQLite finds a value's rows from a sequence on, and what is beyond a value, but not both by one condition: it
 * would pass every row of that value before the cursor, a million where a million names are empty. Nor does it compare
 * anything with null. Hence the row's own value, the values beyond it, and the nulls.
 */
export interface Lane {
  readonly from: SQL;
  readonly where: SQL;
  readonly seq: SQL;
  /** What stands for the attribute that the list is in the order of. */
  readonly key?: SQL;
  /** What the rows of the lane must fulfil beside. */
  readonly fits?: SQL;
}

/** A list's beginning, where it does not begin at its first row. */
export interface Cursor {
  readonly at: AtCursor;
  readonly seq: SQL;
}

/** The list in the order of the sequence. */
export function sequenceLane(
  source: Source,
  direction: Direction,
  conditions: readonly Condition[],
  cursor: Cursor | undefined,
  bind: Bind,
): Lane {
  const { from, seq, where, zones, attributes } = source;
  const own = conditions.flatMap((condition) => rangesOf(source, condition, bind));
  const bounds = own
    .filter(({ attribute }) => attributes[attribute]?.column === seq)
    .map(({ bound, side }) => ({ side, bound }));
  const { from: least, to: greatest } = between(bounds, direction, cursor?.seq);
  return {
    from: sql`${from}`,
    seq: sql`${seq}`,
    where:
      all([
        ...(where ? [where] : []),
        sql`${seq} >= ${least ?? sql`1`}`,
        ...(greatest ? [sql`${seq} < ${greatest}`] : []),
        ...(zones ? beginsAt(zones, own, direction, sql`${seq}`) : []),
      ]) ?? sql`1`,
  };
}

/** Whether the range of a list's order is all that a filter asks for. */
export function isRangeOf(source: Source, condition: Condition, column: SQLiteColumn | SQL): boolean {
  if ('conditions' in condition) return false;
  return (
    attributeOf(source.attributes, condition.attribute).column === column &&
    rangesOf(source, condition, (value) => sql`${value}`).length > 0
  );
}

/** The range that a filter is of, as bounds that a value is not below, and that it is below. */
function rangesOf({ attributes }: Source, condition: Condition, bind: Bind): Range[] {
  if ('conditions' in condition) return [];
  const { method, attribute: name, values } = condition;
  const attribute = attributeOf(attributes, name);
  if (attribute.type === 'array' || attribute.type === 'boolean') return [];
  const [first = '', second = ''] = values.map((value) => storedValue(attribute, name, value));
  const above = (bound: string | number): Range => ({ attribute: name, side: 'above', bound: bind(bound) });
  const below = (bound: string | number): Range => ({ attribute: name, side: 'below', bound: bind(bound) });
  switch (method) {
    case 'equal':
      return values.length === 1 ? [above(first), below(next(first))] : [];
    case 'greaterThan':
      return [above(next(first))];
    case 'greaterThanEqual':
      return [above(first)];
    case 'lessThan':
      return [below(first)];
    case 'lessThanEqual':
      return [below(next(first))];
    case 'between':
      return [above(first), below(next(second))];
    case 'startsWith': {
      const end = afterPrefix(String(first));
      return [above(first), ...(end === undefined ? [] : [below(end)])];
    }
    default:
      return [];
  }
}

/** The least value that is greater. */
function next(value: string | number): string | number {
  return typeof value === 'number' ? value + 1 : `${value}\0`;
}

function nextOf({ type }: Attribute, value: SQL): SQL {
  return type === 'string' || type === 'array' ? sql`(${value} || char(0))` : sql`(${value} + 1)`;
}

type Bound = Pick<Range, 'side' | 'bound'>;

/** The bounds as two: not below the first, and below the second; `start` is what the list goes on from in its direction. */
function between(bounds: readonly Bound[], direction: Direction, start: SQL | undefined) {
  const of = (side: Bound['side']) => bounds.filter((bound) => bound.side === side).map(({ bound }) => bound);
  const least = [...of('above'), ...(start && direction === 'asc' ? [sql`(${start} + 1)`] : [])];
  const greatest = [...of('below'), ...(start && direction === 'desc' ? [start] : [])];
  return { from: extreme('max', least), to: extreme('min', greatest) };
}

/** SQLite's `max` of one argument is an aggregate. */
function extreme(which: 'min' | 'max', values: readonly SQL[]): SQL | undefined {
  return values.length < 2 ? values[0] : sql`${sql.raw(which)}(${sql.join([...values], sql`, `)})`;
}

interface Place {
  readonly cursor: Cursor | undefined;
  readonly limit: number;
  readonly offset: number;
}

/**
 * The list in the order of the one attribute that an index has, from behind the cursor; undefined where none has.
 * @param whole whether to begin with all rows that have the cursor's own value, those before it, too
 * @param isAll whether all rows of the lanes are asked for, up to the page's last
 */
export function attributeLanes(
  source: Source,
  term: SortTerm,
  sequence: Direction,
  conditions: readonly Condition[],
  { cursor, limit, offset }: Place,
  bind: Bind,
  { whole = false, isAll = false }: { whole?: boolean; isAll?: boolean } = {},
): Lane[] | undefined {
  const index = indexOf(term.attribute);
  if (!index || source.where) return undefined;
  const { seq, attributes } = source;
  const { column } = term.attribute;
  const from = sql`${source.from}`;
  const own: Bound[] = conditions
    .flatMap((condition) => rangesOf(source, condition, bind))
    .filter(({ attribute }) => attributes[attribute]?.column === column);
  const lanes: Lane[] = [valuesLane(source, term, own, cursor, whole)];
  if (cursor && !whole) {
    const here = cursor.at(sql`${column}`);
    const { from: least, to: greatest } = between(own, 'asc', undefined);
    lanes.push({
      from,
      seq: sql`${seq}`,
      where:
        all([
          sql`${column} = ${here}`,
          sql`${seq} ${beyond(sequence)} ${cursor.seq}`,
          ...(least ? [sql`${here} >= ${least}`] : []),
          ...(greatest ? [sql`${here} < ${greatest}`] : []),
        ]) ?? sql`1`,
    });
  }
  if (isNullable(term.attribute) && own.length === 0) {
    lanes.push(nullsLane(source, term, sequence, cursor, whole, isAll ? limit + offset : undefined));
  }
  return lanes;
}

/** Values from the first on, or those beyond the cursor's; where that is null, and the smallest, all of them. */
function valuesLane(
  { from, seq }: Source,
  { attribute, direction }: SortTerm,
  own: readonly Bound[],
  cursor: Cursor | undefined,
  whole: boolean,
): Lane {
  const { column } = attribute;
  const here = cursor?.at(sql`${column}`);
  const start: Bound[] = [];
  if (here && direction === 'asc') {
    const after = whole ? here : nextOf(attribute, here);
    start.push({ side: 'above', bound: sql`coalesce(${after}, ${leastOf(attribute)})` });
  } else if (here) {
    start.push({ side: 'below', bound: whole ? nextOf(attribute, here) : here });
  }
  const { from: least, to: greatest } = between([...own, ...start], 'asc', undefined);
  return {
    from: sql`${from}`,
    seq: sql`${seq}`,
    where:
      all([
        sql`${column} >= ${least ?? leastOf(attribute)}`,
        ...(greatest ? [sql`${column} < ${greatest}`] : []),
      ]) ?? sql`1`,
  };
}

/** The nulls, which are smallest; where no index has them, all rows in the order of their sequence. */
function nullsLane(
  source: Source,
  { attribute, direction }: SortTerm,
  sequence: Direction,
  cursor: Cursor | undefined,
  whole: boolean,
  most: number | undefined,
): Lane {
  const { from, seq, attributes } = source;
  const { column } = attribute;
  const first = sequence === 'asc' ? sql`0` : sql.raw('9223372036854775807');
  const start = cursor
    ? sql`iif(${cursor.at(sql`${column}`)} IS NULL, ${whole ? first : cursor.seq}, ${
        direction === 'asc' ? beyondAll(sequence) : first
      })`
    : first;
  const beyondStart = sql`${seq} ${beyond(sequence)} ${start}`;
  const lane = { from: sql`${from}`, seq: sql`${seq}`, key: sql`NULL` };
  const name = Object.keys(attributes).find((key) => attributes[key] === attribute) ?? '';
  const flagged = most === undefined ? undefined : nullsByFlags(source, name, sequence, start, most);
  if (flagged) return flagged;
  return indexOf(attribute)?.nulls
    ? { ...lane, where: sql`(${column} IS NULL AND ${beyondStart})` }
    : { ...lane, where: beyondStart, fits: sql`${column} IS NULL` };
}
