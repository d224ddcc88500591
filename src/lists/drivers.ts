import { type SQL, sql } from 'drizzle-orm';
import { lowerAscii } from '../emails/address';
import { type Attribute, attributeOf, indexOf, storedValue } from './attributes';
import type { Bind } from './bind';
import { all, compile } from './compile';
import { haveFlags } from './flags';
import { leastOf } from './order';
import type { Condition, Filter } from './query';
import { isNumbered, type Source } from './source';
import { searchTerm } from './text';
import { holding, matching, type Sought, soughtIn, type TrigramIndex } from './trigram';

/** What finds the rows that one filter leaves, and perhaps a few more, by an index. */
export interface Driver {
  /** The lower, the fewer rows are expected. */
  readonly rank: number;
  readonly from: SQL;
  readonly where: SQL;
  /** The sequence of the list's row. */
  readonly seq: SQL;
  /** Whether `from` is the list's own table. */
  readonly own: boolean;
  /** Whether its rows come in the order of their sequence. */
  readonly ordered: boolean;
  /** Whether exactly the rows that fulfil the filter are found. */
  readonly exact: boolean;
  /** How many rows there may be at most, where that is known. */
  readonly most?: number;
}

/** Filters of as many values of what is unique are looked up without counting what is found. */
const FEW = 400;

export const isSure = ({ most }: Driver) => most !== undefined && most <= FEW;

const ranks = {
  unique: 0,
  equal: 1,
  item: 2,
  trigrams: 3,
  prefix: 4,
  between: 5,
  range: 6,
  value: 7,
} as const;

/** Any rows are better found by another index than by flags, or all of a list that is small. */
const OF_FLAGS = 8;
const OF_ALL = 9;

/** What may lead to the rows, the best first: two at most, since each costs its rows to count. */
export function driversOf(
  source: Source,
  conditions: readonly Condition[],
  flags: readonly number[] | undefined,
  term: string | undefined,
  bind: Bind,
): Driver[] {
  const seen = new Set<unknown>();
  const found = conditions.flatMap((condition) => {
    const driver = driverOf(source, condition, bind);
    // Two ranges of one attribute would be counted twice.
    const column =
      'conditions' in condition ? undefined : attributeOf(source.attributes, condition.attribute).column;
    if (!driver || seen.has(column)) return [];
    seen.add(column);
    return [driver];
  });
  const { search } = source;
  if (term !== undefined && typeof search === 'object')
    found.push(byTrigrams(search, soughtIn(undefined, term), bind));
  if (flags && source.flags) {
    found.push(ofOwn(source, haveFlags(source.flags, flags), { rank: OF_FLAGS, exact: true }));
  }
  if (source.where || source.few) found.push(ofOwn(source, undefined, { rank: OF_ALL, ordered: true }));
  return found.sort((a, b) => a.rank - b.rank).slice(0, 2);
}

function driverOf(source: Source, condition: Condition, bind: Bind): Driver | undefined {
  if ('conditions' in condition) return undefined;
  const attribute = attributeOf(source.attributes, condition.attribute);
  const stored = condition.values.map((value) => storedValue(attribute, condition.attribute, value));
  return (
    byIndex(source, condition, attribute, stored, bind) ??
    byItems(condition, attribute, stored, bind) ??
    byText(condition, attribute, stored, bind)
  );
}

function ofOwn(
  source: Source,
  condition: SQL | undefined,
  more: Partial<Driver> & Pick<Driver, 'rank'>,
): Driver {
  const where = all([...(source.where ? [source.where] : []), ...(condition ? [condition] : [])]);
  const { from, seq } = source;
  return {
    from: sql`${from}`,
    where: where ?? isNumbered(source),
    seq: sql`${seq}`,
    own: true,
    ordered: false,
    exact: false,
    ...more,
  };
}

function byIndex(
  source: Source,
  condition: Filter,
  attribute: Attribute,
  stored: readonly (string | number)[],
  bind: Bind,
): Driver | undefined {
  const index = indexOf(attribute);
  const { method } = condition;
  if (method === 'equal' && attribute.lookup) {
    const values = sql`(SELECT value FROM json_each(${bind(JSON.stringify(stored))}))`;
    return ofOwn(source, attribute.lookup(values), { rank: ranks.equal, exact: true });
  }
  if (index === undefined || (method === 'isNull' && !index.nulls)) return undefined;
  const rank = rankOf(condition, attribute);
  // A list that is a part of a table has that part for an index: that of an attribute is of all the table.
  if (rank === undefined || (source.where && !index.unique)) return undefined;
  const one = new Set(stored).size === 1;
  // SQLite has no search for what is not null, but for what is not less than all values.
  const where =
    method === 'isNotNull'
      ? sql`${attribute.column} >= ${leastOf(attribute)}`
      : compile(condition, source.attributes, bind);
  return ofOwn(source, where, {
    rank: rank === ranks.equal && index.unique ? ranks.unique : rank,
    ordered: method === 'equal' && one && !source.where,
    exact: true,
    ...(method === 'equal' && index.unique ? { most: stored.length } : {}),
  });
}

function rankOf({ method, values }: Filter, { type }: Attribute): number | undefined {
  if (type === 'boolean') return method === 'equal' ? ranks.value : undefined;
  switch (method) {
    case 'equal':
      return ranks.equal;
    case 'startsWith':
      return values[0] === '' ? undefined : ranks.prefix;
    case 'between':
      return ranks.between;
    case 'lessThan':
    case 'lessThanEqual':
    case 'greaterThan':
    case 'greaterThanEqual':
      return ranks.range;
    case 'isNull':
    case 'isNotNull':
      return ranks.value;
    default:
      return undefined;
  }
}

/** An array's values, which a table of their own has by trigger. */
function byItems(
  { method }: Filter,
  { items }: Attribute,
  stored: readonly (string | number)[],
  bind: Bind,
): Driver | undefined {
  if (!items || !['contains', 'containsAny', 'containsAll'].includes(method)) return undefined;
  const { table, value, seq } = items;
  const [first = ''] = stored;
  const one = method === 'containsAll' || new Set(stored).size === 1;
  return {
    rank: ranks.item,
    from: sql`${table}`,
    where: one
      ? sql`${value} = ${bind(first)}`
      : sql`${value} IN (SELECT value FROM json_each(${bind(JSON.stringify(stored))}))`,
    seq: sql`${seq}`,
    own: false,
    ordered: one,
    exact: new Set(stored).size === 1,
  };
}

/** A part of a text, by the trigrams of it that the list's full-text index has. */
function byText(
  { method }: Filter,
  { trigrams, search }: Attribute,
  stored: readonly (string | number)[],
  bind: Bind,
): Driver | undefined {
  const text = String(stored[0] ?? '');
  if (method === 'search' && search) {
    const term = searchTerm(text);
    return term === undefined ? undefined : byTrigrams(search.index, soughtIn(search.column, term), bind);
  }
  const inside = trigrams ?? search;
  if (!inside) return undefined;
  const isPart =
    method === 'endsWith' ||
    method === 'containsAll' ||
    ((method === 'contains' || method === 'containsAny') && new Set(stored).size === 1);
  // The index has what is shorter at the beginning of words alone.
  if (!isPart || [...text].length < 3) return undefined;
  const sought = soughtIn(inside.column, lowerAscii(text));
  // What no indexed text can hold may be held by a text that is not indexed as it is.
  return sought && byTrigrams(inside.index, sought, bind);
}

function byTrigrams(index: TrigramIndex, sought: Sought | undefined, bind: Bind): Driver {
  const table = sql`${sql.identifier(index.table)}`;
  return {
    rank: ranks.trigrams,
    from: table,
    where: matching(index, holding([sought]), bind),
    seq: sql`${table}.rowid`,
    own: false,
    ordered: true,
    exact: false,
  };
}
