import { md5 } from '@noble/hashes/legacy.js';
import * as v from 'valibot';
import { type HashAlgorithm, refuse } from './algorithm';
import { bcrypt } from './bcrypt';
import { sameBytes, utf8 } from './encoding';
import { maxPhpassLog2 } from './limits';

/** Appwrite's keys, here with the hash's own values; its `random_state` says nothing about a hash and is left out. */
export const phpassOptions = v.object({
  type: v.literal('phpass'),
  iteration_count_log2: v.number(),
  portable_hashes: v.boolean(),
});
type Options = v.InferOutput<typeof phpassOptions>;

/**
 * phpass's portable hashes of WordPress, phpBB and others: MD5, salted and iterated (openwall.com/phpass). Where PHP
 * had bcrypt, phpass made a bcrypt hash instead, and that is verified as one.
 */
export const phpass = {
  name: 'phpass',

  verify(plain, hash) {
    const portable = parsePortable(hash);
    if (!portable) return bcrypt.verify(plain, hash);
    if (portable.countLog2 > maxPhpassLog2) return false;
    return sameBytes(utf8(computePortable(plain, portable)), utf8(portable.digest));
  },

  checkImport(hash) {
    const portable = parsePortable(hash);
    if (!portable) return checkBcrypt(hash);
    if (portable.countLog2 > maxPhpassLog2) {
      return refuse(
        'password',
        `Is a phpass hash too costly to verify here: at most 2^${maxPhpassLog2} rounds.`,
      );
    }
    return optionsOf(portable.countLog2, true);
  },
} satisfies HashAlgorithm<Options>;

function checkBcrypt(hash: string) {
  const checked = bcrypt.checkImport(hash);
  if (checked.ok) return optionsOf(checked.options.cost, false);
  if (hash.startsWith('$2')) return checked;
  return refuse('password', 'Must be a phpass hash: $P$ or $H$ and 31 characters, or a bcrypt hash.');
}

function optionsOf(countLog2: number, portable: boolean): { ok: true; options: Options } {
  return {
    ok: true,
    options: { type: 'phpass', iteration_count_log2: countLog2, portable_hashes: portable },
  };
}

type Portable = { countLog2: number; salt: string; digest: string };

/** `$P$`, a character for log2 of the rounds, 8 of salt, 22 of digest; phpBB writes `$H$` for the same. */
function parsePortable(hash: string): Portable | undefined {
  const [, count = '', salt = '', digest = ''] =
    /^\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$/.exec(hash) ?? [];
  const countLog2 = alphabet.indexOf(count);
  // phpass's own bounds; they also turn away the hash that did not match, whose index is 0.
  return countLog2 >= 7 && countLog2 <= 30 ? { countLog2, salt, digest } : undefined;
}

function computePortable(plain: string, { countLog2, salt }: Portable): string {
  const password = utf8(plain);
  const round = new Uint8Array(md5.outputLen + password.length);
  round.set(password, md5.outputLen);
  let state = md5(utf8(salt + plain));
  for (let left = 2 ** countLog2; left > 0; left--) {
    round.set(state);
    state = md5(round);
  }
  return encode64(state);
}

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** phpass's base64: three bytes are four characters, lowest bits first. */
function encode64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = bytes.subarray(i, i + 3);
    const value = group.reduceRight((high, byte) => (high << 8) | byte, 0);
    for (let n = 0; n <= group.length; n++) text += alphabet.charAt((value >> (6 * n)) & 63);
  }
  return text;
}
