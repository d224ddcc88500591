import * as v from 'valibot';
import { ApiError } from './errors';

/**
 * Checks parameters against an endpoint's schemas, in the order of their declaration, and stops at the first that does
 * not fit. Unknown parameters are ignored: SDKs of other generations send some. A null counts as absent where the
 * parameter is optional; so does an empty string in a query string, as `?search=` means no search.
 * @throws ApiError general_argument_invalid naming the parameter, in Appwrite's words
 */
export function checkInput<Entries extends v.ObjectEntries>(
  entries: Entries,
  raw: Readonly<Record<string, unknown>>,
  from: 'path' | 'query' | 'body',
): v.InferOutput<v.ObjectSchema<Entries, undefined>> {
  const given = Object.fromEntries(
    Object.entries(entries)
      .filter(([name, schema]) => Object.hasOwn(raw, name) && !countsAsAbsent(raw[name], schema.type, from))
      .map(([name]) => [name, raw[name]]),
  );
  const result = v.safeParse(v.object(entries), given, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const name = String(issue.path?.[0]?.key);
  if (!Object.hasOwn(given, name))
    throw new ApiError('general_argument_invalid', `Param "${name}" is not optional.`);
  throw new ApiError('general_argument_invalid', `Invalid \`${name}\` param: ${issue.message}`);
}

function countsAsAbsent(value: unknown, schemaType: string, from: 'path' | 'query' | 'body'): boolean {
  if (value === undefined) return true;
  if (schemaType !== 'optional') return false;
  return value === null || (value === '' && from === 'query');
}
