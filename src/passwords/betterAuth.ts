import { type ImportParameters, type Refusal, refuse } from './algorithm';

/**
 * A hash of better-auth as what it is: scrypt of the password in Unicode's form NFKC, with N = 2^14, r = 16, p = 1 and 64
 * bytes of digest. It is kept as `salt:digest`, both in hexadecimal, the salt used as that text
 * (better-auth, packages/better-auth/src/crypto/password.ts).
 */
export function readBetterAuth(
  text: string,
): { ok: true; hash: string; parameters: ImportParameters } | Refusal {
  const [, passwordSalt, hash] = /^([0-9a-f]{1,256}):([0-9a-f]{128})$/i.exec(text) ?? [];
  if (passwordSalt === undefined || hash === undefined)
    return refuse('password', "Must be a hash of better-auth's: a salt, a colon and 128 hexadecimal digits.");
  const parameters = {
    passwordSalt,
    passwordCpu: 2 ** 14,
    passwordMemory: 16,
    passwordParallel: 1,
    passwordLength: 64,
    passwordNormalization: 'NFKC',
  } as const;
  return { ok: true, hash, parameters };
}
