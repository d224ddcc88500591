import * as v from 'valibot';
import { type HashAlgorithm, type ImportParameters, type Refusal, refuse } from './algorithm';
import { decodeHex, sameBytes, utf8 } from './encoding';
import { maxScryptWork, minDigestBytes } from './limits';
import {
  scrypt as computeScrypt,
  isAffordable,
  isPositiveInteger,
  isScryptCost,
  maxScryptBytes,
  type ScryptCost,
} from './scryptNative';

export const scryptOptions = v.object({
  type: v.literal('scrypt'),
  /** N */
  costCpu: v.number(),
  /** r */
  costMemory: v.number(),
  /** p */
  costParallel: v.number(),
  /** Bytes of digest. */
  length: v.number(),
  salt: v.string(),
  /** The form of Unicode that the password was hashed in, where it was not taken as it is: better-auth's. */
  normalization: v.exactOptional(v.literal('NFKC')),
});
type Options = v.InferOutput<typeof scryptOptions>;

/** scrypt (RFC 7914) in hexadecimal, the salt taken as text: of imported hashes only. */
export const scrypt = {
  name: 'scrypt',

  verify(plain, hash, options) {
    const parsed = v.safeParse(scryptOptions, options);
    const digest = decodeHex(hash);
    if (!parsed.success || !digest || digest.length < minDigestBytes) return false;
    const cost = costOf(parsed.output);
    if (!isScryptCost(cost) || !isAffordable(cost)) return false;
    const { salt, normalization } = parsed.output;
    const text = normalization === undefined ? plain : plain.normalize(normalization);
    return sameBytes(computeScrypt(utf8(text), utf8(salt), digest.length, cost), digest);
  },

  checkImport(hash, parameters) {
    if (!parameters.passwordSalt)
      return refuse('passwordSalt', 'Must be the salt that the hash was made with.');
    const options = optionsOf(parameters, parameters.passwordSalt);
    return (
      findCostProblem(costOf(options)) ?? findDigestProblem(hash, options.length) ?? { ok: true, options }
    );
  },
} satisfies HashAlgorithm<Options>;

function costOf({ costCpu: N, costMemory: r, costParallel: p }: Options): ScryptCost {
  return { N, r, p };
}

/** Appwrite calls the numbers optional but works with none missing; here a missing one is not a number and refused. */
function optionsOf(given: ImportParameters, salt: string): Options {
  const { passwordCpu = Number.NaN, passwordMemory = Number.NaN } = given;
  const { passwordParallel = Number.NaN, passwordLength = Number.NaN } = given;
  return {
    type: 'scrypt',
    costCpu: passwordCpu,
    costMemory: passwordMemory,
    costParallel: passwordParallel,
    length: passwordLength,
    salt,
    ...(given.passwordNormalization === undefined ? {} : { normalization: given.passwordNormalization }),
  };
}

function findCostProblem(cost: ScryptCost): Refusal | undefined {
  if (!isPositiveInteger(cost.r))
    return refuse('passwordMemory', 'Must be a positive integer, the block size r.');
  if (!isPositiveInteger(cost.p))
    return refuse('passwordParallel', 'Must be a positive integer, the parallelism p.');
  if (!isScryptCost(cost)) {
    return refuse(
      'passwordCpu',
      'Must be a power of two above 1 and below 2^(16 * passwordMemory), the cost N.',
    );
  }
  return isAffordable(cost) ? undefined : refuse('passwordCpu', tooCostly);
}

const tooCostly =
  'Is too costly to verify here: ' +
  `128 * passwordMemory * (passwordCpu + passwordParallel) must be at most ${maxScryptBytes} bytes, half of the memory ` +
  `that a Worker has, and passwordCpu * passwordMemory * passwordParallel at most ${maxScryptWork}.`;

function findDigestProblem(hash: string, length: number): Refusal | undefined {
  if (!Number.isSafeInteger(length) || length < minDigestBytes) {
    return refuse(
      'passwordLength',
      `Must be an integer of at least ${minDigestBytes}, the hash's length in bytes.`,
    );
  }
  if (decodeHex(hash)?.length === length) return undefined;
  return refuse(
    'password',
    `Must be a scrypt hash of passwordLength bytes: ${length * 2} hexadecimal digits.`,
  );
}
