/*
 * JSON that keeps numbers as they were written. `JSON.parse` alone would turn 12345678901234567890 into a rounded
 * double; a number that a double can't hold is kept as its own text instead and written back unchanged
 * (TC39 'JSON.parse source text access', in V8 and workerd).
 */
declare global {
  interface JSON {
    rawJSON(text: string): unknown;
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
    ): unknown;
  }
}

/** Digits enough to lose some, or an exponent: only such a text needs the slow way. */
const MAY_LOSE_DIGITS = /[\d.]{16}|\d[eE]/;

/**
 * Parses JSON text without losing digits.
 * @throws SyntaxError for malformed text, RangeError where it is nested beyond what the stack holds
 */
export function parseJson(text: string): unknown {
  if (!MAY_LOSE_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? JSON.rawJSON(source)
      : value,
  );
}

/** A body that is JSON already, written piece by piece where all of it as objects would take too much memory. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** True for a JSON object: neither null, an array, nor a number kept as text. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawJson(value);
}

function isRawJson(value: object): boolean {
  return Object.getPrototypeOf(value) === null && Object.isFrozen(value) && 'rawJSON' in value;
}
