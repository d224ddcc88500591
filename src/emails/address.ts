import * as v from 'valibot';

const LOCAL_PART_AND_DOMAIN = /^(?!\.)(?!.*\.\.)[^@]{1,64}(?<!\.)@[^@]+\.[^@]+$/;

/**
 * An e-mail address, for every place that takes one: as HTML's `type=email` allows it, within the bounds of RFC 5321 (64
 * before the `@`, 254 in all), without stray dots and with a dotted domain, as PHP's filter has it that Appwrite uses.
 * Kept in lower case, but judged as it was sent: the sign for Kelvin (U+212A) is no letter of an address, though its
 * lower case is one.
 */
export const email = v.message(
  v.pipe(v.string(), v.maxLength(254), v.rfcEmail(), v.regex(LOCAL_PART_AND_DOMAIN), v.transform(lowerAscii)),
  'Value must be a valid email address',
);

/**
 * Text with its ASCII letters in lower case, as addresses are kept. Other letters stay as they are, so that text which
 * is no address never becomes one.
 */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
