import * as v from 'valibot';
import { isObject } from './json';
import { within } from './shape';

/*
 * Parameters that any API has. Each says what is allowed in the words that follow "Invalid `name` param:" (Appwrite's,
 * where it has the validator). Numbers and booleans arrive as JSON or as text: a query string or a form knows no other.
 */

const NAMES_NEW: unique symbol = Symbol('the ID of something new');

/** Marks, in a pipe, the ID that a caller gives to something new: one that no path could reach is refused. */
export function namesNew() {
  return v.metadata<string, { readonly [NAMES_NEW]: true }>({ [NAMES_NEW]: true });
}

/** Whether a parameter is so marked. */
export function doesNameNew(schema: v.GenericSchema): boolean {
  if (NAMES_NEW in v.getMetadata(schema)) return true;
  const wrapped = within(schema, 'wrapped');
  return wrapped !== undefined && doesNameNew(wrapped);
}

/** An integer, or its decimal text; `1.5` and `1e2` are refused. */
export function integer(min: number, max: number) {
  return v.message(
    v.pipe(
      v.union([v.number(), v.pipe(v.string(), v.regex(/^-?\d{1,15}$/), v.transform(Number))]),
      v.number(),
      v.integer(),
      v.minValue(min),
      v.maxValue(max),
    ),
    `Value must be a valid range between ${min.toLocaleString('en')} and ${max.toLocaleString('en')}`,
  );
}

/** A boolean, or its text: `true`, `false`, `1`, `0`. "false" means false. */
export function boolean() {
  return v.message(
    v.union([
      v.boolean(),
      v.pipe(
        v.picklist(['true', '1', 1]),
        v.transform(() => true),
      ),
      v.pipe(
        v.picklist(['false', '0', 0]),
        v.transform(() => false),
      ),
    ]),
    'Value must be a valid boolean',
  );
}

/** A JSON object of any content; an empty list counts as `{}`, as for every parameter that is an object. */
export function jsonObject() {
  return v.message(v.custom<Record<string, unknown>>(isObject), 'Value must be a valid object.');
}

/** Text of so many characters (Unicode code points); no NUL, which a database can't keep. */
export function text(min: number, max: number) {
  const atLeast = min > 0 ? `at least ${min} chars and ` : '';
  return v.message(
    v.pipe(
      v.string(),
      v.check((value) => !value.includes('\0')),
      v.check((value) => isLengthBetween(value, min, max)),
      v.metadata({ minLength: min, maxLength: max }),
    ),
    `Value must be a valid string and ${atLeast}no longer than ${max} chars`,
  );
}

/** Whether text has so many code points; an emoji counts once, however JavaScript stores it. */
export function isLengthBetween(value: string, min: number, max: number): boolean {
  if (value.length > max * 2) return false;
  const { length } = [...value];
  return length >= min && length <= max;
}

/** One of a list, to the letter. */
export function oneOf<const Options extends readonly string[]>(options: Options) {
  return v.message(v.picklist(options), `Value must be one of (${options.join(', ')})`);
}

/** One of a list, in any case. */
export function oneOfAnyCase<const Options extends readonly string[]>(options: Options) {
  return v.message(
    v.pipe(v.string(), v.toLowerCase(), v.picklist(options)),
    `Value must be one of (${options.join(', ')})`,
  );
}
