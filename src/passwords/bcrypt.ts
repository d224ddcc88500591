import { decodeBase64, hashSync } from 'bcryptjs';
import * as v from 'valibot';
import { type HashAlgorithm, refuse } from './algorithm';
import { sameBytes } from './encoding';
import { maxBcryptCost } from './limits';

export const bcryptOptions = v.object({ type: v.literal('bcrypt'), cost: v.number() });
type Options = v.InferOutput<typeof bcryptOptions>;

/** `$2y$10$`, 22 characters of salt, 31 of digest. 2a, 2b and 2y name one algorithm. */
const pattern = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
const saltEnd = 29;
const digestBytes = 23;

/**
 * bcrypt (Provos and Mazières, 1999), of imported hashes only. It reads the first 72 bytes of a password and ignores
 * the rest, as every bcrypt does: what signs in at the origin signs in here. The first sign-in replaces the hash.
 */
export const bcrypt = {
  name: 'bcrypt',

  verify(plain, hash) {
    const cost = costOf(hash);
    if (cost === undefined || cost > maxBcryptCost) return false;
    // Digests are compared, not texts: the salt's last character has spare bits that some tools set.
    return sameBytes(digestOf(hashSync(plain, hash.slice(0, saltEnd))), digestOf(hash));
  },

  checkImport(hash) {
    if (hash.startsWith('$2x$')) {
      return refuse(
        'password',
        'Is marked $2x$, made by a broken bcrypt (CVE-2011-2483), which is not supported.',
      );
    }
    const cost = costOf(hash);
    if (cost === undefined) {
      return refuse(
        'password',
        'Must be a bcrypt hash of 60 characters that starts with $2a$, $2b$ or $2y$.',
      );
    }
    if (cost > maxBcryptCost) {
      return refuse(
        'password',
        `Is a bcrypt hash too costly to verify here: its cost must be at most ${maxBcryptCost}.`,
      );
    }
    return { ok: true, options: { type: 'bcrypt', cost } };
  },
} satisfies HashAlgorithm<Options>;

/** The cost's exponent; undefined if this is no bcrypt hash. Below 4 bcrypt is not defined. */
function costOf(hash: string): number | undefined {
  const cost = Number(pattern.exec(hash)?.[1]);
  return cost >= 4 && cost <= 31 ? cost : undefined;
}

function digestOf(hash: string): Uint8Array {
  return Uint8Array.from(decodeBase64(hash.slice(saltEnd), digestBytes));
}
