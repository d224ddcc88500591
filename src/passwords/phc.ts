import { type Argon2Input, argon2Types } from './argon2Wasm';
import { decodeBase64 } from './encoding';
import { minDigestBytes } from './limits';

/** An argon2 hash taken apart: all that is needed to compute it again from a password. */
export type Argon2Hash = Omit<Argon2Input, 'password' | 'length'> & { digest: Uint8Array };

/** `$argon2id$v=19$m=19456,t=2,p=1$salt$digest`; hashes of before version 0x13 have no `v`. */
const pattern =
  /^\$(argon2id|argon2i|argon2d)(?:\$v=(16|19))?\$m=([1-9]\d{0,9}),t=([1-9]\d{0,9}),p=([1-9]\d{0,7})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,171})$/;

/**
 * Reads an argon2 hash in PHC form, as strictly as the reference implementation does: these keys, this order.
 * https://github.com/P-H-C/phc-string-format
 */
export function parsePhc(text: string): Argon2Hash | undefined {
  const [, type, version, m, t, p, encodedSalt = '', encodedDigest = ''] = pattern.exec(text) ?? [];
  if (!isType(type)) return undefined;
  const salt = decodeBase64(encodedSalt);
  const digest = decodeBase64(encodedDigest);
  if (!salt || !digest || salt.length < 8 || digest.length < minDigestBytes) return undefined;
  const memoryKib = Number(m);
  const lanes = Number(p);
  if (memoryKib < 8 * lanes) return undefined; // RFC 9106, section 3.1
  return { type, version: version === '19' ? 19 : 16, memoryKib, passes: Number(t), lanes, salt, digest };
}

/** Writes an argon2 hash in PHC form. */
export function formatPhc({ type, version, memoryKib, passes, lanes, salt, digest }: Argon2Hash): string {
  const parameters = `m=${memoryKib},t=${passes},p=${lanes}`;
  return `$${type}$v=${version}$${parameters}$${base64(salt)}$${base64(digest)}`;
}

function isType(text: string | undefined): text is Argon2Hash['type'] {
  return text !== undefined && Object.hasOwn(argon2Types, text);
}

function base64(bytes: Uint8Array): string {
  return bytes.toBase64({ omitPadding: true });
}
