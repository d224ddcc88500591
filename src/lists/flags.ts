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

/** The place of a number's rows in an order of flags: those of one place come by their sequence. */
export interface Ranking {
  readonly rank: (number: SQL) => SQL;
  readonly sequence: Direction;
}

/** @returns undefined where the order is of more than flags and the sequence */
export function rankedBy(
  flags: Flags,
  { terms, sequence }: SortOrder,
  attributes: Attributes,
): Ranking | undefined {
  if (sequence === 'random') return undefined;
  const places = terms.map(({ attribute, direction }) => {
    const index = flags.bits.findIndex((bit) => bit.is === 'true' && attributes[bit.attribute] === attribute);
    return index < 0 ? undefined : { shift: flags.bits.length - 1 - index, descends: direction === 'desc' };
  });
  const known = places.filter((place) => place !== undefined);
  if (known.length < places.length) return undefined;
  const bitsOf = (number: SQL) =>
    known.map(({ shift, descends }, index) => {
      const bit = sql`((${number} >> ${sql.raw(String(shift))}) & 1)`;
      return sql`${sql.raw(String(2 ** (known.length - 1 - index)))} * ${descends ? sql`(1 - ${bit})` : bit}`;
    });
  return {
    rank: (number) => (known.length > 0 ? sql`(${sql.join(bitsOf(number), sql` + `)})` : sql`0`),
    sequence,
  };
}

/** The condition of having one of some numbers. */
export function haveFlags({ expression }: Flags, values: readonly number[]): SQL {
  return sql`${expression} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}
