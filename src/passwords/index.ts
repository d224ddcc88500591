/**
 * Passwords: how they are hashed, verified and imported. Features use this module only.
 *
 * Ours are argon2id with the deployment's parameters. Users imported with another algorithm's hash keep it until they
 * next sign in; `needsRehash` says when to replace it. A password is any Unicode, taken as its UTF-8 bytes: never
 * normalised, trimmed or cut. Its length and policy are the caller's concern.
 */
import * as v from 'valibot';
import { type HashName, hashName, type ImportParameters, type Refusal } from './algorithm';
import { hashArgon2id, isCurrent, optionsOf, unmatchableHash } from './argon2';
import type { Argon2Params } from './argon2Params';
import { readBetterAuth } from './betterAuth';
import { algorithmOf, findAlgorithm, type HashOptions } from './registry';

export { type HashName, hashName, type ImportParameters, type Refusal } from './algorithm';
export { optionsOf as argon2Options } from './argon2';
export { type Argon2Params, defaultArgon2Params, parseArgon2Params } from './argon2Params';
export { type HashOptions, hashOptions } from './registry';

/** A hashed password as a user's row holds it and the wire shows it: `password`, `hash` and `hashOptions`. */
export type StoredPassword = { hash: string; algorithm: HashName; options: HashOptions };

/** What `verifyPassword` reads: a `StoredPassword`, or a row's columns before anyone has looked at them. */
export type StoredColumns = { hash: string; algorithm: string; options: unknown };

/**
 * Hashes a new password with argon2id under a random salt.
 * Takes 30 to 60 ms of CPU and 19 MiB at the default parameters.
 */
export async function hashPassword(plain: string, params: Argon2Params): Promise<StoredPassword> {
  return { hash: hashArgon2id(plain, params), algorithm: 'argon2', options: optionsOf(params) };
}

/** Whether this is the password. An unknown algorithm, a malformed hash or malformed options are no match. */
export async function verifyPassword(plain: string, stored: StoredColumns): Promise<boolean> {
  return (await findAlgorithm(stored.algorithm)?.verify(plain, stored.hash, stored.options)) ?? false;
}

/** Whether a hash should be replaced when its password is next at hand: when it is not argon2id with these parameters. */
export function needsRehash(
  stored: Pick<StoredColumns, 'hash' | 'algorithm'>,
  params: Argon2Params,
): boolean {
  return stored.algorithm !== 'argon2' || !isCurrent(stored.hash, params);
}

/** Algorithms of imported hashes that take far less work than ours. */
const quick: readonly string[] = ['md5', 'sha', 'phpass'] satisfies HashName[];

/**
 * Verifies a password for a sign-in, so that the time of a refusal does not tell who is registered. Where nothing is
 * stored, or an imported hash that takes next to no time, a hash of ours is computed that matches nothing. (Where such a
 * one matches, the rehash that follows takes the same.) Another costly algorithm takes its own time: ours on top would
 * only make it differ more.
 * @param stored null where there is no user, or none with a password
 */
export async function verifyEvenly(
  plain: string,
  stored: StoredColumns | null,
  params: Argon2Params,
): Promise<boolean> {
  if (stored !== null && (await verifyPassword(plain, stored))) return true;
  if (stored === null || quick.includes(stored.algorithm)) await verifyPassword(plain, dummyPassword(params));
  return false;
}

/** A password that matches nothing and takes as long to verify as ours do. */
export function dummyPassword(params: Argon2Params): StoredPassword {
  return { hash: unmatchableHash(params), algorithm: 'argon2', options: optionsOf(params) };
}

/** What a hash may come as: an algorithm that a stored password can have, or another system's form of one. */
export const importFormat = v.picklist([...hashName.options, 'better-auth']);
export type ImportFormat = v.InferOutput<typeof importFormat>;

/**
 * Takes over a hash made elsewhere, or says which parameter of the request stands in the way and what it must be. The
 * hash is stored verbatim, but for a form that is taken apart; its options are the hash's own, not what Appwrite assumes
 * of all.
 */
export function importPassword(
  format: ImportFormat,
  hash: string,
  parameters: ImportParameters = {},
): { ok: true; password: StoredPassword } | Refusal {
  if (format !== 'better-auth') return importHash(format, hash, parameters);
  const read = readBetterAuth(hash);
  return read.ok ? importHash('scrypt', read.hash, read.parameters) : read;
}

function importHash(
  algorithm: HashName,
  hash: string,
  parameters: ImportParameters,
): { ok: true; password: StoredPassword } | Refusal {
  const checked = algorithmOf(algorithm).checkImport(hash, parameters);
  return checked.ok ? { ok: true, password: { hash, algorithm, options: checked.options } } : checked;
}
