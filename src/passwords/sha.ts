import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import type { CHash } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { type HashAlgorithm, refuse } from './algorithm';
import { decodeHex, sameBytes, utf8 } from './encoding';

export const shaVersion = v.picklist([
  ...(['sha1', 'sha224', 'sha256', 'sha384', 'sha512/224', 'sha512/256', 'sha512'] as const),
  ...(['sha3-224', 'sha3-256', 'sha3-384', 'sha3-512'] as const),
]);
export type ShaVersion = v.InferOutput<typeof shaVersion>;

/** Without a `type`: of hashes that were imported before there was one, as Appwrite has none. */
export const shaOptions = v.object({ type: v.optional(v.literal('sha'), 'sha'), version: shaVersion });
type Options = v.InferOutput<typeof shaOptions>;

const functions: Record<ShaVersion, CHash> = {
  sha1,
  sha224,
  sha256,
  sha384,
  'sha512/224': sha512_224,
  'sha512/256': sha512_256,
  sha512,
  'sha3-224': sha3_224,
  'sha3-256': sha3_256,
  'sha3-384': sha3_384,
  'sha3-512': sha3_512,
};

/** Plain SHA (FIPS 180-4, FIPS 202) in hexadecimal, without a salt: of imported hashes only. */
export const sha = {
  name: 'sha',

  verify(plain, hash, options) {
    const parsed = v.safeParse(shaOptions, options);
    const digest = decodeHex(hash);
    return (
      parsed.success &&
      digest !== undefined &&
      sameBytes(functions[parsed.output.version](utf8(plain)), digest)
    );
  },

  checkImport(hash, { passwordVersion = 'sha256' }) {
    const parsed = v.safeParse(shaVersion, passwordVersion.toLowerCase());
    if (!parsed.success) return refuse('passwordVersion', `Must be one of ${shaVersion.options.join(', ')}.`);
    const version = parsed.output;
    const { outputLen } = functions[version];
    if (decodeHex(hash)?.length !== outputLen) {
      return refuse('password', `Must be a ${version} hash: ${outputLen * 2} hexadecimal digits.`);
    }
    return { ok: true, options: { type: 'sha', version } };
  },
} satisfies HashAlgorithm<Options>;
