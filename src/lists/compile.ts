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
  requireMethod(condition, attribute);
  return attribute.type === 'array'
    ? ofArray(condition, attribute, bind)
    : ofScalar(condition, attribute, bind);
}

/** All of the conditions. Halved again and again, since D1 refuses expressions more than 100 deep. */
export function all(conditions: readonly SQL[]): SQL | undefined {
  return conditions.length === 0 ? undefined : join(conditions, sql` AND `);
}

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
    const missing = ofArrays.has(method) ? 'an array or string' : 'a string';
    throw new QueryProblem(`${cannot} because it is not ${missing}.`);
  } else if ((method === 'search' || method === 'notSearch') && !search) {
    throw new QueryProblem(`${cannot} because it has no full-text index.`);
  }
}

function ofScalar({ method, attribute: name, values }: Filter, attribute: Attribute, bind: Bind): SQL {
  const { column } = attribute;
  const stored = values.map((value) => storedValue(attribute, name, value));
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
      return sql`EXISTS (${needles(stored, bind)} WHERE instr(${column}, needle.value) > 0)`;
    case 'containsAll':
      return sql`(${column} IS NOT NULL AND NOT EXISTS (${needles(stored, bind)} WHERE instr(${column}, needle.value) = 0))`;
    case 'notContains':
      return sql`(${column} IS NOT NULL AND NOT EXISTS (${needles(stored, bind)} WHERE instr(${column}, needle.value) > 0))`;
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

function ofArray({ method, attribute: name, values }: Filter, attribute: Attribute, bind: Bind): SQL {
  const { column } = attribute;
  const stored = values.map((value) => storedValue(attribute, name, value));
  const items = sql`SELECT item.value FROM json_each(${column}) AS item`;
  const common = () => sql`EXISTS (${needles(stored, bind)} WHERE needle.value IN (${items}))`;
  switch (method) {
    case 'isNull':
      return sql`${column} IS NULL`;
    case 'isNotNull':
      return sql`${column} IS NOT NULL`;
    case 'containsAll':
      return sql`(${column} IS NOT NULL AND NOT EXISTS (${needles(stored, bind)} WHERE needle.value NOT IN (${items})))`;
    case 'notContains':
      return sql`(${column} IS NOT NULL AND NOT ${common()})`;
    default:
      return common();
  }
}

function needles(values: readonly (string | number)[], bind: Bind): SQL {
  return sql`SELECT 1 FROM json_each(${bind(JSON.stringify(values))}) AS needle`;
}

function searched({ column, search }: Attribute, text: string, bind: Bind): SQL {
  const term = searchTerm(text);
  // A blank term is in every text, as the empty one is.
  return term === undefined || !search ? sql`${column} IS NOT NULL` : foundBy(search, term, bind);
}
