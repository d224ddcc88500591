import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/*
 * Secrets that must be read again are stored as `v1.<key>.<base64url>`: AES-256-GCM under a key that is derived from one
 * of the deployment's encryption keys (HKDF, RFC 5869), the 12 random bytes of the nonce first (NIST SP 800-38D, 8.2.2).
 * `<key>` names the encryption key, so that several can be known while they are changed. What a secret is of goes into
 * the authenticated data: a row that was copied to another user opens for nobody.
 */

const VERSION = 'v1';
const NONCE_BYTES = 12;

/** A secret that was opened, and whether it was sealed with the key of today. */
export interface Opened {
  readonly secret: string;
  readonly isCurrent: boolean;
}

/**
 * Encrypts a secret.
 * @param key an encryption key of the deployment
 * @param of what it is the secret of; must be the same when it is opened
 */
export async function seal(key: string, secret: string, of: string): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(algorithm(nonce, of), await aesKey(key), utf8ToBytes(secret));
  const bytes = new Uint8Array([...nonce, ...new Uint8Array(sealed)]);
  return [VERSION, nameOf(key), toBase64Url(bytes)].join('.');
}

/**
 * Decrypts a secret; null where none of the keys opens it, where it is of something else, or where it was changed.
 * @param keys the encryption keys of the deployment, the one of today first
 */
export async function unseal(keys: readonly string[], stored: string, of: string): Promise<Opened | null> {
  const [version, name, text = ''] = stored.split('.');
  const key = keys.find((candidate) => nameOf(candidate) === name);
  if (version !== VERSION || key === undefined) return null;
  try {
    const bytes = fromBase64Url(text);
    const nonce = bytes.slice(0, NONCE_BYTES);
    const plain = await crypto.subtle.decrypt(
      algorithm(nonce, of),
      await aesKey(key),
      bytes.slice(NONCE_BYTES),
    );
    return { secret: new TextDecoder().decode(plain), isCurrent: key === keys[0] };
  } catch {
    return null;
  }
}

/** A keyed hash (HMAC-SHA-256), lower-case hex, under a key of its own. */
export function keyedHash(key: string, text: string): string {
  return bytesToHex(hmac(sha256, derive(key, 'hash', 32), utf8ToBytes(text)));
}

function derive(key: string, purpose: 'encrypt' | 'hash' | 'name', length: number): Uint8Array {
  return hkdf(sha256, utf8ToBytes(key), undefined, utf8ToBytes(`edge-users ${purpose} v1`), length);
}

function nameOf(key: string): string {
  return bytesToHex(derive(key, 'name', 4));
}

function aesKey(key: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', derive(key, 'encrypt', 32), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function algorithm(nonce: Uint8Array, of: string) {
  return { name: 'AES-GCM', iv: nonce, additionalData: utf8ToBytes(of) };
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}
