import { md5 as computeMd5 } from '@noble/hashes/legacy.js';
import * as v from 'valibot';
import { type HashAlgorithm, refuse } from './algorithm';
import { decodeHex, sameBytes, utf8 } from './encoding';

export const md5Options = v.object({ type: v.literal('md5') });
type Options = v.InferOutput<typeof md5Options>;

/** Plain MD5 (RFC 1321) in hexadecimal, without a salt: of imported hashes only. */
export const md5 = {
  name: 'md5',

  verify(plain, hash) {
    const digest = decodeHex(hash);
    return digest !== undefined && sameBytes(computeMd5(utf8(plain)), digest);
  },

  checkImport(hash) {
    if (decodeHex(hash)?.length !== computeMd5.outputLen) {
      return refuse('password', 'Must be an MD5 hash: 32 hexadecimal digits.');
    }
    return { ok: true, options: { type: 'md5' } };
  },
} satisfies HashAlgorithm<Options>;
