import { bare, mayLoseOrder, shieldJson } from './order';

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
  return MAY_LOSE_DIGITS.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

/**
 * Parses JSON text as `parseJson` does, and keeps the order of keys that are integers for `valuesInOrder`.
 * @throws SyntaxError, RangeError as `parseJson`
 */
export function parseOrderedJson(text: string): unknown {
  const value = parseJson(text);
  // Shielded after it was parsed once: only text that is JSON is cut at its strings in one go.
  return mayLoseOrder(text)
    ? JSON.parse(shieldJson(text), (key, one, context) => bare(keepDigits(key, one, context)))
    : value;
}

function keepDigits(_key: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' && source !== undefined && String(value) !== source
    ? JSON.rawJSON(source)
    : value;
}

/** A body that is JSON already, written piece by piece where all of it as objects would take too much memory. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** True for a JSON object: neither null, an array, nor a number kept as text. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawJson(value);
}

/** The text of a number that was kept as it was written; null for anything else. */
export function rawNumber(value: unknown): string | null {
  return typeof value === 'object' && value !== null && isRawJson(value) ? value.rawJSON : null;
}

function isRawJson(value: object): value is { readonly rawJSON: string } {
  return Object.getPrototypeOf(value) === null && Object.isFrozen(value) && 'rawJSON' in value;
}
