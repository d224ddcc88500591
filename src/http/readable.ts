import { rawNumber } from './json';

/*
 * What some client could not read back in an answer. One such value in one row would break every list that holds it.
 */

/** Today's JavaScript SDKs throw on an answer that holds one of these. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor']);

/**
 * Why some client could not read a value back; null where all can. Walks without recursion: nesting is the caller's to
 * choose, the stack is ours.
 */
export function reasonUnreadable(root: unknown): string | null {
  const pending = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    const reason = reasonOfOne(value);
    if (reason !== null) return reason;
    if (typeof value !== 'object' || value === null || rawNumber(value) !== null) continue;
    for (const child of Object.values(value)) pending.push(child);
  }
  return null;
}

/** Why one value could not be read back, by what it is itself and by its own keys. */
function reasonOfOne(value: unknown): string | null {
  if (typeof value === 'string') return reasonOfText(value);
  if (typeof value !== 'object' || value === null) return null;
  const number = rawNumber(value);
  if (number !== null) return reasonOfNumber(number);
  if (Array.isArray(value)) return null;
  for (const key of Object.keys(value)) {
    if (FORBIDDEN_KEYS.has(key))
      return `Value must be an object without the key "${key}" at any depth: Appwrite's SDKs can't read it.`;
    const reason = reasonOfText(key);
    if (reason !== null) return reason;
  }
  return null;
}

/** PHP answers nothing at all for a whole answer that holds half a character. */
function reasonOfText(text: string): string | null {
  if (text.isWellFormed()) return null;
  const half = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(text);
  const code = half?.[0].charCodeAt(0).toString(16) ?? '';
  return `Value must hold whole characters only: \\u${code} is half of a surrogate pair, which SDKs can't read.`;
}

/** Numbers are kept as they were written, and JavaScript's SDKs throw on one beyond a double. */
function reasonOfNumber(text: string): string | null {
  if (Number.isFinite(Number(text))) return null;
  const shown = text.length > 24 ? `a number of ${text.length} characters` : text;
  return `Value must hold numbers up to 1.7976931348623157e308 only: ${shown} is larger, and SDKs can't read it.`;
}
