import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { attributeOf, storedValue } from './attributes';
import type { Bind } from './bind';
import type { Condition } from './query';
import type { Source } from './source';
import { afterPrefix } from './text';
import type { Range } from './zones';

/* Filters that are ranges of an attribute: what an index in its order begins and ends with. */

/** Whether the range of a list's order is all that a filter asks for. */
export function isRangeOf(source: Source, condition: Condition, column: SQLiteColumn | SQL): boolean {
  if ('conditions' in condition) return false;
  return (
    attributeOf(source.attributes, condition.attribute).column === column &&
    rangesOf(source, condition).length > 0
  );
}

/** The range that a filter is of, as bounds that a value is not below, and that it is below. */
export function rangesOf({ attributes }: Source, condition: Condition): Range[] {
  if ('conditions' in condition) return [];
  const { method, attribute: name, values } = condition;
  const attribute = attributeOf(attributes, name);
  if (attribute.type === 'array' || attribute.type === 'boolean') return [];
  const [first = '', second = ''] = values.map((value) => storedValue(attribute, name, value));
  const above = (bound: string | number): Range => ({ attribute: name, side: 'above', bound });
  const below = (bound: string | number): Range => ({ attribute: name, side: 'below', bound });
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
    case 'isNotNull':
      return [above(attribute.type === 'string' ? '' : Number.MIN_SAFE_INTEGER)];
    default:
      return [];
  }
}

/** The least value that is greater. */
function next(value: string | number): string | number {
  return typeof value === 'number' ? value + 1 : `${value}\0`;
}

/** Bounds as one of each kind: not below the first, and below the second. */
export function extremes(ranges: readonly Range[], bind: Bind): { least?: SQL; greatest?: SQL } {
  const of = (side: Range['side'], way: number) => {
    const bounds = ranges.filter((range) => range.side === side).map(({ bound }) => bound);
    const [first] = bounds.sort((a, b) => way * compare(a, b));
    return first === undefined ? undefined : bind(first);
  };
  const [least, greatest] = [of('above', -1), of('below', 1)];
  return { ...(least ? { least } : {}), ...(greatest ? { greatest } : {}) };
}

/** As SQLite compares them: text by its code points. */
function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [Array.from(String(a)), Array.from(String(b))];
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at < 0) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}

/** SQLite's `max` of one argument is an aggregate. */
export function extreme(which: 'min' | 'max', a: SQL | undefined, b: SQL | undefined): SQL | undefined {
  return a && b ? sql`${sql.raw(which)}(${a}, ${b})` : (a ?? b);
}

export type Extremes = ReturnType<typeof extremes>;
