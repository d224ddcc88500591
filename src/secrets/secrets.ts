import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { remembered } from '../text/remembered';

/**
 * A new secret: 256 random bits as lower-case hex. Shown once; only its SHA-256 is stored, which is enough for a secret
 * that nobody can guess (a slow hash protects weak secrets, and these are not).
 */
export function newSecret(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(32)));
}

/** SHA-256 of a secret, lower-case hex: what is stored, and what a secret is found by. */
export function hashSecret(secret: string): string {
  return bytesToHex(sha256(utf8ToBytes(secret)));
}

/** Whether two secrets are the same, in a time that tells neither where they differ nor how long they are. */
export function sameSecret(shown: string, known: string): boolean {
  return timingSafeEqual(digestOf(shown), knownDigest(known));
}

const digestOf = (secret: string) => sha256(utf8ToBytes(secret));

/** Those of the deployment, which each request is compared with. */
const knownDigest = remembered(10, digestOf);
