import type { HashName } from '../../src/passwords';
import { knownHashes } from '../passwords/fixtures';
import type { KnownHash } from '../passwords/fixtures/knownHash';

/** The call that imports a hash of an algorithm. */
export const importRoute = (algorithm: HashName) =>
  `POST /users/${algorithm === 'scryptMod' ? 'scrypt-modified' : algorithm}`;

/** What it takes beside the user's ID and address. */
export const importBody = ({ hash, parameters = {} }: KnownHash) => ({ password: hash, ...parameters });

/** Any known hash of an algorithm. */
export function knownHash(algorithm: HashName): KnownHash {
  const known = knownHashes.find((one) => one.algorithm === algorithm);
  if (known === undefined) throw new Error(`no fixture of ${algorithm}`);
  return known;
}
