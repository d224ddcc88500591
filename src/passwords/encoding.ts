import { timingSafeEqual } from 'node:crypto';

const encoder = new TextEncoder();

/** The bytes of a password: UTF-8 as it is; nothing is normalised, trimmed or cut. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Whether two digests are equal, in a time that does not depend on where they differ. Lengths are no secret. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Bytes of a hexadecimal string in either case; undefined if it is none. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  return /^([0-9a-f]{2})*$/i.test(text) ? Uint8Array.fromHex(text) : undefined;
}

/** Bytes of base64, standard or URL-safe, padded or not; undefined if it is none. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const unpadded = text.replace(/={1,2}$/, '');
  // The decoder skips white space, which no hash holds; a single last character carries no whole byte.
  if (!/^[A-Za-z0-9+/_-]*$/.test(unpadded) || unpadded.length % 4 === 1) return undefined;
  return Uint8Array.fromBase64(unpadded.replaceAll('-', '+').replaceAll('_', '/'));
}
