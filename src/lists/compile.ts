import { type SQL, sql } from 'drizzle-orm';
import { type Attribute, type Attributes, attributeOf, storedValue } from './attributes';
import type { Bind } from './bind';
import { QueryProblem, shown } from './problem';
import type { Condition, Filter, FilterMethod } from './query';
import { endsWith, searchTerm, startsWith } from './text';
import { foundBy } from './trigram';

/*
 * Text is compared exactly, upper and lower case apart, in the order of code points; but names by their folded text, as
 * with MariaDB's collation, which is a column of its own that an index serves (`folded` in attributes.ts).
 *
 * A row whose attribute is null fulfils `isNull` and no other filter, negations included: SQL's own rule, and
 * Appwrite's. `or` and `and` can't tell "unknown" from "false", since there is no `not`.
 */

/**
 * The condition as SQL, its values bound.
 * @throws QueryProblem for an unknown attribute, a value of a wrong type, a method that its type doesn't have
 */
export function compile(condition: Condition, attributes: Attributes, bind: Bind): SQL {
  if ('conditions' in condition) {
    const parts = condition.conditions.map((part) => compile(part, attributes, bind));
    return join(parts, condition.method === 'and' ? sql` AND ` : sql` OR `);
  }
  const attribute = attributeOf(attributes, condition.attribute);
  const stored = condition.values.map((value) => storedValue(attribute, condition.attribute, value));
  requireMethod(condition, attribute);
  return attribute.type === 'array'
    ? ofArray(condition.method, attribute, stored, bind)
    : ofScalar(condition.method, attribute, stored, bind);
}

/** All of the conditions. Halved again and again, since D1 refuses expressions more than 100 deep. */
export function all(conditions: readonly SQL[]): SQL | undefined {
  return conditions.length === 0 ? undefined : join(conditions, sql` AND `);
}

type Stored = readonly (string | number)[];

function join(parts: readonly SQL[], operator: SQL): SQL {
  const [first, second] = parts;
  if (first && !second) return first;
  const middle = parts.length >> 1;
  return sql`(${join(parts.slice(0, middle), operator)}${operator}${join(parts.slice(middle), operator)})`;
}

const ofArrays: ReadonlySet<FilterMethod> = new Set([
  'contains',
  'containsAny',
  'containsAll',
  'notContains',
  'isNull',
  'isNotNull',
]);
const ofAnything: ReadonlySet<FilterMethod> = new Set([
  'equal',
  'notEqual',
  'lessThan',
  'lessThanEqual',
  'greaterThan',
  'greaterThanEqual',
  'between',
  'notBetween',
  'isNull',
  'isNotNull',
]);

function requireMethod({ method, attribute: name }: Filter, { type, search }: Attribute): void {
  const cannot = `Cannot query ${method} on attribute "${shown(name)}"`;
  if (type === 'array') {
    if (!ofArrays.has(method)) throw new QueryProblem(`${cannot} because it is an array.`);
  } else if (type !== 'string' && !ofAnything.has(method)) {
    const missing = ofArrays.has(method) ? 'an array, string, or object' : 'a string';
    throw new QueryProblem(`${cannot} because it is not ${missing}.`);
  } else if ((method === 'search' || method === 'notSearch') && !search) {
    throw new QueryProblem(`Searching by attribute "${shown(name)}" requires a fulltext index.`);
  }
}

function ofScalar(method: FilterMethod, attribute: Attribute, stored: Stored, bind: Bind): SQL {
  const { column } = attribute;
  const holds = () => stored.map((value) => sql`instr(${column}, ${bind(value)}) > 0`);
  const [first = '', second = ''] = stored;
  const text = String(first);
  switch (method) {
    case 'equal':
      return stored.length === 1
        ? sql`${column} = ${bind(first)}`
        : sql`${column} IN (SELECT value FROM json_each(${bind(JSON.stringify(stored))}))`;
    case 'notEqual':
      return sql`${column} <> ${bind(first)}`;
    case 'lessThan':
      return sql`${column} < ${bind(first)}`;
    case 'lessThanEqual':
      return sql`${column} <= ${bind(first)}`;
    case 'greaterThan':
      return sql`${column} > ${bind(first)}`;
    case 'greaterThanEqual':
      return sql`${column} >= ${bind(first)}`;
    case 'between':
      return sql`(${column} BETWEEN ${bind(first)} AND ${bind(second)})`;
    case 'notBetween':
      return sql`(${column} NOT BETWEEN ${bind(first)} AND ${bind(second)})`;
    case 'startsWith':
      return startsWith(column, text, bind);
    case 'notStartsWith':
      return sql`(NOT ${startsWith(column, text, bind)})`;
    case 'endsWith':
      return endsWith(column, text, bind);
    case 'notEndsWith':
      return sql`(${column} IS NOT NULL AND NOT ${endsWith(column, text, bind)})`;
    case 'contains':
    case 'containsAny':
      return join(holds(), sql` OR `);
    case 'containsAll':
      return join(holds(), sql` AND `);
    case 'notContains':
      return sql`(NOT ${join(holds(), sql` OR `)})`;
    case 'search':
      return searched(attribute, text, bind);
    case 'notSearch':
      return sql`(${column} IS NOT NULL AND NOT ${searched(attribute, text, bind)})`;
    case 'isNull':
      return sql`${column} IS NULL`;
    case 'isNotNull':
      return sql`${column} IS NOT NULL`;
  }
}

/**
 * Each item of a row is looked up among the values, which SQLite sorts once, before the first row: the other way round
 * every value would be sought in every row.
 */
function ofArray(method: FilterMethod, { column }: Attribute, stored: Stored, bind: Bind): SQL {
  const values = [...new Set(stored)];
  const common = (what: SQL) =>
    sql`(SELECT ${what} FROM json_each(${column}) AS item WHERE item.value IN (SELECT value FROM json_each(${bind(JSON.stringify(values))})))`;
  const any = () => sql`EXISTS ${common(sql`1`)}`;
  switch (method) {
    case 'isNull':
      return sql`${column} IS NULL`;
    case 'isNotNull':
      return sql`${column} IS NOT NULL`;
    case 'containsAll':
      return sql`${common(sql`count(DISTINCT item.value)`)} = ${sql.raw(String(values.length))}`;
    case 'notContains':
      return sql`(${column} IS NOT NULL AND NOT ${any()})`;
    default:
      return any();
  }
}

function searched({ column, search }: Attribute, text: string, bind: Bind): SQL {
  const term = searchTerm(text);
  // A blank term is in every text, as the empty one is.
  return term === undefined || !search ? sql`${column} IS NOT NULL` : foundBy(search, term, bind);
}
