/*
 * JavaScript sorts keys that are integers to the front of an object, so an object that stands for a list (PHP encodes
 * an array with gaps as one) would lose the order it was sent in. Such keys are shielded before a parser sees them, and
 * bared again once the object is there, its values remembered in their order.
 */

/** Stands before a key that must be kept from JavaScript's own rules; a key that begins with it gets one more. */
const SHIELD = '~';

const INTEGER_KEY_OF_JSON = /"~*-?\d+"\s*:/;
const SHIELDED_IN_JSON = /^"~*(?:-?\d+|__proto__)"\s*:/;
const STRING_OF_JSON = /"(?:[^"\\]|\\.)*"(?:\s*:)?/g;
const KEY_OF_FORM = /(\[|%5B)((?:~|%7E)*(?:-?\d+|__proto__)(?:\]|%5D))/gi;
const SHIELDED = /^~+(?:-?\d+|__proto__)$/;
/** As PHP's arrays have them: `007` is a word. */
const INTEGER = /^(?:0|-?[1-9]\d*)$/;

/** What an object held whose keys are all integers, in the order in which they were sent. */
const listed = new WeakMap<object, readonly unknown[]>();

/** Whether JSON may hold an object whose order would be lost; if not, it needs none of this. */
export function mayLoseOrder(json: string): boolean {
  return INTEGER_KEY_OF_JSON.test(json);
}

/** JSON whose keys that are integers are shielded. Quotes stand nowhere but around strings, so each match is one. */
export function shieldJson(json: string): string {
  return json.replace(STRING_OF_JSON, (string) =>
    SHIELDED_IN_JSON.test(string) ? `"${SHIELD}${string.slice(1)}` : string,
  );
}

/** A name in a form or query string whose keys (`labels[2]`) are shielded; `__proto__` too, which qs would drop. */
export function shieldName(name: string): string {
  return name.replace(KEY_OF_FORM, `$1${SHIELD}$2`);
}

/** An object with its shielded keys as they were sent; what is none, or has none, stays itself. Looks no deeper. */
export function bare(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (!entries.some(([key]) => SHIELDED.test(key))) return value;
  // `fromEntries` makes `__proto__` a key like any other.
  const bared = Object.fromEntries(
    entries.map(([key, one]) => [SHIELDED.test(key) ? key.slice(1) : key, one]),
  );
  if (Object.keys(bared).every((key) => INTEGER.test(key))) listed.set(bared, Object.values(value));
  return bared;
}

/**
 * What a form held, in PHP's reading of it: `list[0]=a&list[1]=b` is a list, `map[7]=a` an object. Names were shielded
 * with `shieldName`.
 */
export function bareForm(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(bareForm);
  const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, bareForm(one)]));
  return isList(Object.keys(inner)) ? Object.values(inner) : bare(inner);
}

/** Keys from 0 on without a gap; or some that the parser gave itself, where `list[]=a` stood among them. */
function isList(keys: readonly string[]): boolean {
  return (
    keys.length > 0 &&
    (keys.every((key, index) => key === `${SHIELD}${index}`) ||
      (keys.some((key) => INTEGER.test(key)) && keys.every((key) => /^~?-?\d+$/.test(key))))
  );
}

/** The values of an object whose keys are all integers, in the order in which they were sent; null for another one. */
export function valuesInOrder(value: Readonly<Record<string, unknown>>): readonly unknown[] | null {
  const known = listed.get(value);
  if (known !== undefined) return known;
  return Object.keys(value).every((key) => INTEGER.test(key)) ? Object.values(value) : null;
}
