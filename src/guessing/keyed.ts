import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Context } from '../request/context';

/**
 * What stands for an address or an account in what is stored of tries: derived from it under the root key (RFC 5869), so
 * that nobody who reads it can go through all addresses there are. A new root key begins to count anew.
 */
export function keyed({ env }: Pick<Context, 'env'>, text: string): string {
  const info = utf8ToBytes(`edge-users guessing v1: ${text}`);
  return bytesToHex(hkdf(sha256, utf8ToBytes(env.ROOT_API_KEY), undefined, info, 16));
}
