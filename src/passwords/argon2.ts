import * as v from 'valibot';
import { type HashAlgorithm, refuse } from './algorithm';
import { type Argon2Params, findExcess } from './argon2Params';
import { argon2 as computeArgon2 } from './argon2Wasm';
import { sameBytes, utf8 } from './encoding';
import { type Argon2Hash, formatPhc, parsePhc } from './phc';

export const argon2Options = v.object({
  type: v.literal('argon2'),
  memoryCost: v.number(),
  timeCost: v.number(),
  threads: v.number(),
});
type Options = v.InferOutput<typeof argon2Options>;

const saltBytes = 16; // RFC 9106, section 3.1: 16 bytes is recommended for password hashing
const digestBytes = 32;

/** Argon2 (RFC 9106) in PHC form: ours is argon2id, imports may be argon2i or argon2d too. */
export const argon2 = {
  name: 'argon2',

  verify(plain, hash) {
    const parsed = parsePhc(hash);
    if (!parsed || findExcess(parsed.memoryKib, parsed.passes)) return false;
    const { digest, ...input } = parsed;
    return sameBytes(computeArgon2({ ...input, password: utf8(plain), length: digest.length }), digest);
  },

  checkImport(hash) {
    const parsed = parsePhc(hash);
    if (!parsed)
      return refuse('password', 'Must be an argon2 hash like $argon2id$v=19$m=65536,t=4,p=1$salt$digest.');
    const excess = findExcess(parsed.memoryKib, parsed.passes);
    if (excess) return refuse('password', `Is an argon2 hash too costly to verify here: ${excess}.`);
    const { memoryKib, passes, lanes } = parsed;
    return { ok: true, options: optionsOf({ memoryCost: memoryKib, timeCost: passes, threads: lanes }) };
  },
} satisfies HashAlgorithm<Options>;

/** What `hashOptions` says of argon2 with these parameters. */
export function optionsOf({ memoryCost, timeCost, threads }: Argon2Params): Options {
  return { type: 'argon2', memoryCost, timeCost, threads };
}

/** The argon2id hash of a password under a new random salt, in PHC form. */
export function hashArgon2id(plain: string, params: Argon2Params): string {
  const input = inputOf(params, crypto.getRandomValues(new Uint8Array(saltBytes)));
  const digest = computeArgon2({ ...input, password: utf8(plain), length: digestBytes });
  return formatPhc({ ...input, digest });
}

/** A hash with these parameters that no password gives: its digest is all zeros, a preimage of which is not known. */
export function unmatchableHash(params: Argon2Params): string {
  return formatPhc({ ...inputOf(params, new Uint8Array(saltBytes)), digest: new Uint8Array(digestBytes) });
}

/** Whether a hash is what `hashArgon2id` would make today with these parameters, but for salt and password. */
export function isCurrent(hash: string, params: Argon2Params): boolean {
  const parsed = parsePhc(hash);
  return (
    parsed?.type === 'argon2id' &&
    parsed.version === 19 &&
    parsed.memoryKib === params.memoryCost &&
    parsed.passes === params.timeCost &&
    parsed.lanes === params.threads &&
    parsed.salt.length >= saltBytes &&
    parsed.digest.length >= digestBytes
  );
}

function inputOf(params: Argon2Params, salt: Uint8Array): Omit<Argon2Hash, 'digest'> {
  const { memoryCost: memoryKib, timeCost: passes, threads: lanes } = params;
  return { type: 'argon2id', version: 19, memoryKib, passes, lanes, salt };
}
