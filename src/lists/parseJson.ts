import { valuesInOrder } from '../http/order';
import { build, buildLogic, typeName } from './build';
import { QueryProblem } from './problem';
import type { Query } from './query';

/** `and` and `or` within one another. Deeper than anyone writes, and shallow enough for D1's limit on expressions. */
const deepest = 8;

/**
 * Reads the form that SDKs send since Appwrite 1.5: `{"method":"equal","attribute":"name","values":["x"]}`.
 * @throws QueryProblem
 */
export function parseJson(text: string): Query {
  return queryOf(parsed(text), 1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new QueryProblem('Syntax error: this is not valid JSON.');
  }
}

function queryOf(json: unknown, depth: number): Query {
  // To Appwrite objects and lists are both arrays: so its message says, and a list is a query without any part.
  if (Array.isArray(json)) return queryOf({}, depth);
  if (!isObject(json)) throw new QueryProblem(`Invalid query. Must be an array, got ${typeName(json)}`);
  // Upstream takes an absent part and null alike.
  const method = json.method ?? '';
  const attribute = json.attribute ?? '';
  const values = listOf(json.values ?? []);
  if (typeof method !== 'string') throw mustBe('method', 'a string', method);
  if (typeof attribute !== 'string') throw mustBe('attribute', 'a string', attribute);
  if (!Array.isArray(values)) throw mustBe('values', 'an array', values);
  if (method !== 'and' && method !== 'or') return build({ method, attribute, values });
  if (depth > deepest) throw new QueryProblem(`and/or can't be nested more than ${deepest} deep.`);
  return buildLogic(
    method,
    values.map((value: unknown) => queryOf(value, depth + 1)),
  );
}

/** PHP writes an array with gaps as an object whose keys are integers. */
function listOf(values: unknown): unknown {
  return isObject(values) ? (valuesInOrder(values) ?? values) : values;
}

function mustBe(part: string, wanted: string, value: unknown): QueryProblem {
  return new QueryProblem(`Invalid query ${part}. Must be ${wanted}, got ${typeName(value)}`);
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null;
}
