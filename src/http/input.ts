import * as v from 'valibot';
import type { CheckedRow, RawRow, RowsSpec } from './endpoint';
import { ApiError } from './errors';
import { reasonUnreadable } from './readable';
import { shaped } from './shape';

/**
 * Checks parameters against an endpoint's schemas, in the order of their declaration, and stops at the first that does
 * not fit. Unknown parameters are ignored: SDKs of other generations send some. A null counts as absent where the
 * parameter is optional; so does an empty string in a query string, as `?search=` means no search. PHP's arrays are read
 * as what the schema takes (`shaped`), and what some client could not read back is refused (`reasonUnreadable`).
 * @throws ApiError general_argument_invalid naming the parameter, in Appwrite's words
 */
export function checkInput<Entries extends v.ObjectEntries>(
  entries: Entries,
  raw: Readonly<Record<string, unknown>>,
  from: 'path' | 'query' | 'body',
): v.InferOutput<v.ObjectSchema<Entries, undefined>> {
  const given: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(entries)) {
    if (!Object.hasOwn(raw, name) || countsAsAbsent(raw[name], schema.type, from)) continue;
    given[name] = shaped(schema, raw[name]);
  }
  const result = v.safeParse(schemaOf(entries), given, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const name = String(issue.path?.[0]?.key);
    if (Object.hasOwn(given, name)) throw invalid(name, issue.message);
    throw new ApiError('general_argument_invalid', `Param "${name}" is not optional.`);
  }
  for (const [name, value] of Object.entries(given)) {
    const reason = reasonUnreadable(value);
    if (reason !== null) throw invalid(name, reason);
  }
  return result.output;
}

/**
 * Checks the rows of a body as `checkInput` does parameters, each by itself: what is wrong with one is told of that one.
 * @throws ApiError what the body as a whole is refused for
 */
export async function checkRows<Entries extends v.ObjectEntries>(
  { row, id }: RowsSpec<Entries>,
  rows: AsyncIterable<RawRow>,
): Promise<CheckedRow<Entries>[]> {
  const checked: CheckedRow<Entries>[] = [];
  for await (const raw of rows) checked.push(checkRow(row, id, raw));
  return checked;
}

function checkRow<Entries extends v.ObjectEntries>(
  entries: Entries,
  id: string,
  raw: RawRow,
): CheckedRow<Entries> {
  const { index } = raw;
  if ('problem' in raw) return { index, problem: raw.problem, id: null };
  try {
    return { index, value: checkInput(entries, raw.given, 'body') };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const given = Object.hasOwn(raw.given, id) ? raw.given[id] : null;
    return {
      index,
      problem: error,
      id: typeof given === 'string' ? given.slice(0, 36).toWellFormed() : null,
    };
  }
}

const schemas = new WeakMap<v.ObjectEntries, v.GenericSchema>();

/** The schema of all parameters of a declaration, made once. */
function schemaOf<Entries extends v.ObjectEntries>(entries: Entries): v.ObjectSchema<Entries, undefined>;
function schemaOf(entries: v.ObjectEntries): v.GenericSchema {
  const known = schemas.get(entries) ?? v.object(entries);
  schemas.set(entries, known);
  return known;
}

/** A 400 that names the parameter, in Appwrite's words. */
export function invalid(name: string, reason: string): ApiError {
  return new ApiError('general_argument_invalid', `Invalid \`${name}\` param: ${reason}`);
}

function countsAsAbsent(value: unknown, schemaType: string, from: 'path' | 'query' | 'body'): boolean {
  if (value === undefined) return true;
  if (schemaType !== 'optional') return false;
  return value === null || (value === '' && from === 'query');
}
