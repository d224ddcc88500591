import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesOf } from '../webhooks';

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

/** Appwrite's signature: HMAC-SHA-1 of address and body, under the secret as text. */
export function appwriteSignature(secret: string, url: string, body: string): string {
  return base64(hmac(sha1, utf8ToBytes(secret), utf8ToBytes(url + body)));
}

/**
 * The signature of Standard Webhooks, one for each secret that counts.
 * @param timestamp Unix seconds
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function standardSignature(
  secrets: readonly string[],
  id: string,
  timestamp: number,
  body: string,
): string {
  const content = utf8ToBytes(`${id}.${timestamp}.${body}`);
  const signed = secrets.flatMap((secret) => {
    const key = bytesOf(secret);
    return key === null ? [] : [`v1,${base64(hmac(sha256, key, content))}`];
  });
  return signed.join(' ');
}
