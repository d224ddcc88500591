import { UID, UID_RULE } from '../http/uid';
import { QueryProblem, shown } from './problem';
import {
  type Condition,
  type Filter,
  type FilterMethod,
  filterMethods,
  type Query,
  sequence,
  type Value,
} from './query';

/** A query as either syntax spells it, before anything is known about its method. */
export interface Parts {
  readonly method: string;
  readonly attribute: string;
  readonly values: readonly unknown[];
}

const anyNumber = [1, Number.POSITIVE_INFINITY] as const;
const none = [0, 0] as const;
const one = [1, 1] as const;
const two = [2, 2] as const;

const valueCounts: { readonly [method in FilterMethod]: readonly [least: number, most: number] } = {
  equal: anyNumber,
  notEqual: one,
  lessThan: one,
  lessThanEqual: one,
  greaterThan: one,
  greaterThanEqual: one,
  between: two,
  notBetween: two,
  startsWith: one,
  notStartsWith: one,
  endsWith: one,
  notEndsWith: one,
  contains: anyNumber,
  containsAny: anyNumber,
  containsAll: anyNumber,
  notContains: anyNumber,
  search: one,
  notSearch: one,
  isNull: none,
  isNotNull: none,
};

/** Appwrite's methods that make no sense here, each with what to do instead. */
const instead: ReadonlyMap<string, string> = new Map([
  ['regex', 'Use startsWith, endsWith, contains or search.'],
  ['exists', 'It is for collections without a schema. Use isNotNull.'],
  ['notExists', 'It is for collections without a schema. Use isNull.'],
]);

const ofShapes =
  /^(crosses|intersects|overlaps|touches|not(Crosses|Intersects|Overlaps|Touches)|distance(Not)?Equal|distance(Greater|Less)Than)$/;
const ofVectors = /^vector(Dot|Cosine|Euclidean)$/;

function refusalOf(method: string, attribute: string): string {
  if (ofShapes.test(method)) {
    return `Spatial query "${method}" cannot be applied on non-spatial attribute: ${shown(attribute)}`;
  }
  if (ofVectors.test(method)) return 'Vector queries can only be used on vector attributes';
  const hint = instead.get(method);
  return `Invalid query method: ${shown(method)}${hint === undefined ? '' : `. ${hint}`}`;
}

/**
 * Makes the query that the parts spell. Does not handle `and` and `or`, whose values are queries.
 * @throws QueryProblem in the words of Appwrite's own validators where they have any
 */
export function build(parts: Parts): Query {
  const { method, attribute, values } = parts;
  switch (method) {
    case 'orderAsc':
    case 'orderDesc':
      // The SDKs send an empty attribute for "by insertion".
      return { method, attribute: attribute === '' ? sequence : attribute };
    case 'orderRandom':
      return { method };
    case 'limit':
    case 'offset':
      return { method, count: numberOf(method, values) };
    case 'cursorAfter':
    case 'cursorBefore':
      return { method, id: idOf(values) };
    case 'select':
      return { method, attributes: namesOf(values) };
    default:
      return buildFilter(parts);
  }
}

function buildFilter({ method, attribute, values }: Parts): Filter {
  const known = filterMethods.find((name) => name === method);
  if (!known) throw new QueryProblem(refusalOf(method, attribute));
  const [least, most] = valueCounts[known];
  // `isNull` has no use for values, but upstream lets them pass.
  if (most > 0 && (values.length < least || values.length > most)) {
    const counted =
      most === 1 ? 'exactly one value' : most === 2 ? 'exactly two values' : 'at least one value';
    throw new QueryProblem(`${upperFirst(method)} queries require ${counted}.`);
  }
  return {
    method: known,
    attribute,
    values: most === 0 ? [] : values.map((value) => plainValue(value, attribute)),
  };
}

/**
 * Joins sub-queries.
 * @throws QueryProblem when they are fewer than two, or not all of them filters
 */
export function buildLogic(method: 'and' | 'or', queries: readonly Query[]): Condition {
  const conditions = queries.filter(isCondition);
  if (conditions.length < queries.length) {
    throw new QueryProblem(`${upperFirst(method)} queries can only contain filter queries`);
  }
  if (conditions.length < 2)
    throw new QueryProblem(`${upperFirst(method)} queries require at least two queries`);
  return { method, conditions };
}

export function isCondition(query: Query): query is Condition {
  return 'values' in query || 'conditions' in query;
}

function plainValue(value: unknown, attribute: string): Value {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new QueryProblem(`Query value is invalid for attribute "${shown(attribute)}"`);
}

function numberOf(method: string, values: readonly unknown[]): number {
  const [count] = values;
  if (typeof count === 'number') return count;
  throw new QueryProblem(`Invalid ${method}: Value must be a valid number`);
}

function idOf(values: readonly unknown[]): string {
  const [id] = values;
  if (typeof id === 'string' && UID.test(id)) return id;
  throw new QueryProblem(`Invalid cursor: ${UID_RULE}`);
}

function namesOf(values: readonly unknown[]): string[] {
  if (values.length === 0) throw new QueryProblem('No attributes selected');
  return values.map((value) => {
    if (typeof value === 'string') return value;
    throw new QueryProblem(`Attribute selection must be a string, got ${typeName(value)}`);
  });
}

/** What Appwrite calls the type of a JSON value. */
export function typeName(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double';
  return typeof value === 'object' ? 'array' : typeof value;
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
