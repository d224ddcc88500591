import { type SQL, sql } from 'drizzle-orm';
import { type Attributes, attributeOf, storedValue } from './attributes';
import type { Direction, SortOrder } from './order';
import type { Condition, Filter } from './query';

/**
 * What is either so or not in every row, as one number that one index holds: an attribute that is true, or one that is null.
 * An index for each would be written with every row; this one is written once.
 */
export interface Flags {
  /** Exactly as the index has it. */
  readonly expression: SQL;
  /** From the highest bit to the lowest. */
  readonly bits: readonly Flag[];
}

export interface Flag {
  readonly attribute: string;
  readonly is: 'true' | 'null';
}

/** All numbers that there may be. */
export function allFlags({ bits }: Flags): number[] {
  return Array.from({ length: 2 ** bits.length }, (_, value) => value);
}

/** Whether a row with these flags fulfils a condition; undefined where the flags do not tell. */
export function toldByFlags(
  flags: Flags,
  condition: Condition,
  attributes: Attributes,
): ((value: number) => boolean) | undefined {
  if ('conditions' in condition) {
    const parts = condition.conditions.map((part) => toldByFlags(flags, part, attributes));
    const told = parts.filter((part) => part !== undefined);
    if (told.length < parts.length) return undefined;
    return condition.method === 'and'
      ? (value) => told.every((part) => part(value))
      : (value) => told.some((part) => part(value));
  }
  const bit = bitOf(flags, condition.attribute);
  if (!bit) return undefined;
  if (bit.is === 'null') {
    if (condition.method === 'isNull') return (value) => bit.of(value) === 1;
    return condition.method === 'isNotNull' ? (value) => bit.of(value) === 0 : undefined;
  }
  return (value) => compare(condition, bit.of(value), attributes);
}

function bitOf({ bits }: Flags, attribute: string) {
  const index = bits.findIndex((bit) => bit.attribute === attribute);
  const bit = bits[index];
  return bit && { is: bit.is, of: (value: number) => (value >> (bits.length - 1 - index)) & 1 };
}

function compare({ method, attribute: name, values }: Filter, own: number, attributes: Attributes): boolean {
  const attribute = attributeOf(attributes, name);
  const stored = values.map((value) => Number(storedValue(attribute, name, value)));
  const [first = 0, second = 0] = stored;
  switch (method) {
    case 'equal':
      return stored.includes(own);
    case 'notEqual':
      return own !== first;
    case 'lessThan':
      return own < first;
    case 'lessThanEqual':
      return own <= first;
    case 'greaterThan':
      return own > first;
    case 'greaterThanEqual':
      return own >= first;
    case 'between':
      return own >= first && own <= second;
    case 'notBetween':
      return own < first || own > second;
    default:
      return method === 'isNotNull';
  }
}

/** A number of flags, and the place of its rows in an order: those of one place come by their sequence. */
export type Ranked = readonly [value: number, rank: number];

/** The flags in an order; undefined where the order is of more than flags and the sequence. */
export function ranked(
  flags: Flags,
  values: readonly number[],
  { terms, sequence }: SortOrder,
  attributes: Attributes,
): { list: Ranked[]; sequence: Direction } | undefined {
  if (sequence === 'random') return undefined;
  const bits = terms.map(({ attribute, direction }) => {
    const name = Object.keys(attributes).find((key) => attributes[key] === attribute) ?? '';
    const bit = bitOf(flags, name);
    return bit?.is === 'true' ? { of: bit.of, descends: direction === 'desc' } : undefined;
  });
  const known = bits.filter((bit) => bit !== undefined);
  if (known.length < bits.length) return undefined;
  const rank = (value: number) =>
    known.reduce((sum, { of, descends }) => sum * 2 + (descends ? 1 - of(value) : of(value)), 0);
  return { list: values.map((value) => [value, rank(value)]), sequence };
}

/** The condition of having one of some numbers. */
export function haveFlags({ expression }: Flags, values: readonly number[]): SQL {
  return sql`${expression} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}
