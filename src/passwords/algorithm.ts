import * as v from 'valibot';

/** The algorithms a stored password can have, under Appwrite's names (the `hash` field of a user). */
export const hashName = v.picklist(['argon2', 'bcrypt', 'md5', 'phpass', 'scrypt', 'scryptMod', 'sha']);
export type HashName = v.InferOutput<typeof hashName>;

/** What an import endpoint takes beside the hash, under Appwrite's parameter names. */
export type ImportParameters = {
  passwordVersion?: string | undefined;
  passwordSalt?: string | undefined;
  passwordSaltSeparator?: string | undefined;
  passwordSignerKey?: string | undefined;
  passwordCpu?: number | undefined;
  passwordMemory?: number | undefined;
  passwordParallel?: number | undefined;
  passwordLength?: number | undefined;
  /** Ours: the form of Unicode that the password was brought into before it was hashed. */
  passwordNormalization?: 'NFKC' | undefined;
};

/** Why an import was refused: the request's parameter and what it must be. Never contains the value itself. */
export type Refusal = { ok: false; parameter: 'password' | keyof ImportParameters; reason: string };
export type ImportCheck<Options> = { ok: true; options: Options } | Refusal;

/**
 * One way of hashing. `Options` is the JSON stored beside the hash and shown as `hashOptions`.
 * Both functions take anything a database or a caller may hold and answer `false` or a refusal, never an exception.
 */
export type HashAlgorithm<Options> = {
  readonly name: HashName;
  /** Whether `plain`, as UTF-8, gives `hash`. Compares in constant time. */
  verify(plain: string, hash: string, options: unknown): boolean | Promise<boolean>;
  /**
   * Whether a hash made elsewhere can ever be verified here, and the options to store with it. Appwrite stores
   * whatever it is given and then refuses the user's password for ever; we say so while it can still be mended.
   */
  checkImport(hash: string, parameters: ImportParameters): ImportCheck<Options>;
};

export function refuse(parameter: Refusal['parameter'], reason: string): Refusal {
  return { ok: false, parameter, reason };
}
