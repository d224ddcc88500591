import * as v from 'valibot';
import { type HashAlgorithm, type HashName, hashName } from './algorithm';
import { argon2, argon2Options } from './argon2';
import { bcrypt, bcryptOptions } from './bcrypt';
import { md5, md5Options } from './md5';
import { phpass, phpassOptions } from './phpass';
import { scrypt, scryptOptions } from './scrypt';
import { scryptModified, scryptModifiedOptions } from './scryptModified';
import { sha, shaOptions } from './sha';

/** What is stored beside a hash and shown as `hashOptions`: each algorithm has its own shape. */
export const hashOptions = v.union([
  argon2Options,
  bcryptOptions,
  md5Options,
  phpassOptions,
  scryptOptions,
  scryptModifiedOptions,
  shaOptions,
]);
export type HashOptions = v.InferOutput<typeof hashOptions>;

/** Every algorithm a stored password can have. A new one is a module and a line here. */
const algorithms: Record<HashName, HashAlgorithm<HashOptions>> = {
  argon2,
  bcrypt,
  md5,
  phpass,
  scrypt,
  scryptMod: scryptModified,
  sha,
};

export function algorithmOf(name: HashName): HashAlgorithm<HashOptions> {
  return algorithms[name];
}

/** The algorithm of a name from outside; undefined if there is none. */
export function findAlgorithm(name: string): HashAlgorithm<HashOptions> | undefined {
  return v.is(hashName, name) ? algorithms[name] : undefined;
}
