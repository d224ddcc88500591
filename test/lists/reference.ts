import type { Query } from '../../src/lists';
import type { Thing } from './fixture';

/*
 * What the lists are held against: the same queries over the same rows in plain JavaScript, written from Appwrite's
 * description of each method and not from the SQL.
 */

type Stored = string | number | boolean | null | readonly string[];

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

export function field(row: Thing, name: string): Stored {
  const read = fields[name];
  if (!read) throw new Error(`The reference knows no ${name}`);
  return read(row);
}

/** Rows that fulfil all filters, in the order of the queries; pages are for the caller to cut. */
export function expected(rows: readonly Thing[], queries: readonly Query[]): Thing[] {
  const orders = queries.filter((query) => query.method === 'orderAsc' || query.method === 'orderDesc');
  const last = orders.at(-1);
  const behindAll = last?.method === 'orderDesc' ? -1 : 1;
  return rows
    .filter((row) => queries.every((query) => passes(row, query)))
    .sort((a, b) => {
      for (const order of orders) {
        if (!('attribute' in order)) continue;
        const compared = compare(field(a, order.attribute), field(b, order.attribute));
        if (compared !== 0) return order.method === 'orderAsc' ? compared : -compared;
      }
      return behindAll * (a.seq - b.seq);
    });
}

function passes(row: Thing, query: Query): boolean {
  if ('conditions' in query) {
    return query.method === 'and'
      ? query.conditions.every((part) => passes(row, part))
      : query.conditions.some((part) => passes(row, part));
  }
  if (!('values' in query)) return true;
  const stored = field(row, query.attribute);
  if (query.method === 'isNull') return stored === null;
  if (stored === null) return false;
  const values = query.values.map((value) => asStored(query.attribute, value));
  return typeof stored === 'object'
    ? passesArray(stored, query.method, values)
    : passesScalar(stored, query.method, values);
}

/** Epoch seconds and ISO text are two ways to write the milliseconds that are stored. */
function asStored(attribute: string, value: string | number | boolean): string | number | boolean {
  if (attribute === 'mail' && typeof value === 'string') return value.toLowerCase();
  if (attribute !== 'seenAt' && attribute !== '$createdAt') return value;
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

/** Substring, whatever the case; quotes around the whole term are not part of it. */
export function found(text: string, term: string): boolean {
  const trimmed = term.trim();
  const quoted = trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"');
  return folded(text).includes(folded(quoted ? trimmed.slice(1, -1) : trimmed));
}

/** Character by character, as an index of single characters folds: "İ" stays one character and itself. */
function folded(text: string): string {
  return Array.from(text, (character) => {
    const lower = character.toLowerCase();
    return [...lower].length === 1 ? lower : character;
  }).join('');
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
