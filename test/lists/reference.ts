import type { Query } from '../../src/lists';
import type { Thing } from './fixture';
import { folded, found } from './found';

/*
 * What the lists are held against: the same queries over the same rows in plain JavaScript, written from Appwrite's
 * description of each method and not from the SQL.
 */

export type Stored = string | number | boolean | null | readonly string[];

/** How the rows of a list are read. */
export interface Reading<Row> {
  /** An attribute; moments in milliseconds. */
  field(row: Row, name: string): Stored;
  /** The place in the order of insertion. */
  seq(row: Row): number;
  /** The attributes that are moments. */
  readonly moments: readonly string[];
  /** The attributes that are kept in lower case, of ASCII letters. */
  readonly lowerCase: readonly string[];
  /** The attributes whose case and accents do not count. */
  readonly folded: readonly string[];
}

const fields: Readonly<Record<string, (row: Thing) => Stored>> = {
  $id: (row) => row.id,
  $sequence: (row) => row.seq,
  name: (row) => row.name,
  nick: (row) => row.nick,
  mail: (row) => row.mail,
  flag: (row) => row.flag,
  score: (row) => row.score,
  seenAt: (row) => row.seenAt,
  $createdAt: (row) => row.createdAt,
  tags: (row) => row.tags,
  nickOrName: (row) => row.nick ?? row.name,
};

function field(row: Thing, name: string): Stored {
  const read = fields[name];
  if (!read) throw new Error(`The reference knows no ${name}`);
  return read(row);
}

const things: Reading<Thing> = {
  field,
  seq: ({ seq }) => seq,
  moments: ['seenAt', '$createdAt'],
  lowerCase: ['mail'],
  folded: ['name'],
};

/** The fixture's rows that fulfil all filters; see `expectedBy`. */
export const expected = (rows: readonly Thing[], queries: readonly Query[]) =>
  expectedBy(things, rows, queries);

/** Rows that fulfil all filters, in the order of the queries; pages are for the caller to cut. */
export function expectedBy<Row>(
  reading: Reading<Row>,
  rows: readonly Row[],
  queries: readonly Query[],
): Row[] {
  const { seq } = reading;
  const field = (row: Row, name: string) => compared(reading, name, reading.field(row, name));
  const orders = queries.filter((query) => query.method === 'orderAsc' || query.method === 'orderDesc');
  const last = orders.at(-1);
  const behindAll = last?.method === 'orderDesc' ? -1 : 1;
  return rows
    .filter((row) => queries.every((query) => passes(reading, row, query)))
    .sort((a, b) => {
      for (const order of orders) {
        if (!('attribute' in order)) continue;
        const compared = compare(field(a, order.attribute), field(b, order.attribute));
        if (compared !== 0) return order.method === 'orderAsc' ? compared : -compared;
      }
      return behindAll * (seq(a) - seq(b));
    });
}

/** What is compared of an attribute's value. */
function compared<Row, Value>({ folded: names }: Reading<Row>, name: string, value: Value): Value | string {
  return names.includes(name) && typeof value === 'string' ? folded(value) : value;
}

function passes<Row>(reading: Reading<Row>, row: Row, query: Query): boolean {
  if ('conditions' in query) {
    return query.method === 'and'
      ? query.conditions.every((part) => passes(reading, row, part))
      : query.conditions.some((part) => passes(reading, row, part));
  }
  if (!('values' in query)) return true;
  const stored = compared(reading, query.attribute, reading.field(row, query.attribute));
  if (query.method === 'isNull') return stored === null;
  if (stored === null) return false;
  const values = query.values.map((value) =>
    compared(reading, query.attribute, asStored(reading, query.attribute, value)),
  );
  return typeof stored === 'object'
    ? passesArray(stored, query.method, values)
    : passesScalar(stored, query.method, values);
}

/** Epoch seconds and ISO text are two ways to write the milliseconds that are stored. */
function asStored<Row>(
  { moments, lowerCase }: Reading<Row>,
  attribute: string,
  value: string | number | boolean,
): string | number | boolean {
  if (lowerCase.includes(attribute) && typeof value === 'string')
    return value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (!moments.includes(attribute)) return value;
  return typeof value === 'number' ? value * 1000 : new Date(String(value)).getTime();
}

function passesScalar(
  stored: string | number | boolean,
  method: string,
  values: readonly (string | number | boolean)[],
) {
  const [first = '', second = ''] = values;
  const text = String(stored);
  const within = compare(stored, first) >= 0 && compare(stored, second) <= 0;
  const holds = (value: string | number | boolean) => text.includes(String(value));
  switch (method) {
    case 'isNotNull':
      return true;
    case 'equal':
      return values.includes(stored);
    case 'notEqual':
      return stored !== first;
    case 'lessThan':
      return compare(stored, first) < 0;
    case 'lessThanEqual':
      return compare(stored, first) <= 0;
    case 'greaterThan':
      return compare(stored, first) > 0;
    case 'greaterThanEqual':
      return compare(stored, first) >= 0;
    case 'between':
      return within;
    case 'notBetween':
      return !within;
    case 'startsWith':
      return text.startsWith(String(first));
    case 'notStartsWith':
      return !text.startsWith(String(first));
    case 'endsWith':
      return text.endsWith(String(first));
    case 'notEndsWith':
      return !text.endsWith(String(first));
    case 'contains':
    case 'containsAny':
      return values.some(holds);
    case 'containsAll':
      return values.every(holds);
    case 'notContains':
      return !values.some(holds);
    case 'search':
      return found(text, String(first));
    case 'notSearch':
      return !found(text, String(first));
    default:
      throw new Error(`The reference knows no ${method}`);
  }
}

function passesArray(
  stored: readonly string[],
  method: string,
  values: readonly (string | number | boolean)[],
) {
  const holds = (value: string | number | boolean) => stored.includes(String(value));
  switch (method) {
    case 'isNotNull':
      return true;
    case 'contains':
    case 'containsAny':
      return values.some(holds);
    case 'containsAll':
      return values.every(holds);
    case 'notContains':
      return !values.some(holds);
    default:
      throw new Error(`The reference knows no ${method} of an array`);
  }
}

/** Null before all else; text by code points, which JavaScript's own `<` does not do. */
function compare(a: Stored, b: Stored): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  if (typeof a === 'string' && typeof b === 'string') return comparePoints([...a], [...b]);
  if (typeof a === 'object' || typeof b === 'object')
    return comparePoints([...JSON.stringify(a)], [...JSON.stringify(b)]);
  return Number(a) - Number(b);
}

function comparePoints(a: readonly string[], b: readonly string[]): number {
  for (const [index, character] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const difference = (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
