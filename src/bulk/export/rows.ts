import { isObject } from '../../http/json';
import { isoTime } from '../../wire/dialect/time';
import { type DirectoryRow, directoryRow } from '../../wire/directoryRow';
import { parsePrefs } from '../../wire/prefs';
import { ALSO_CALLED, type ExportedUser } from './columns';

/** The fields of a row, in its order. */
export const FIELDS = Object.keys(directoryRow.entries);

/**
 * The fields that a row has: all, or those that `select` queries ask for, and its ID in any case. Hashes are for those
 * alone who may see them.
 */
export function fieldsOf(select: readonly string[] | undefined, seesHashes: boolean): readonly string[] {
  const seen = seesHashes
    ? FIELDS
    : FIELDS.filter((name) => !['hash', 'algorithm', 'hashOptions'].includes(name));
  if (select === undefined || select.includes('*')) return seen;
  const asked = select.map((name) => (Object.hasOwn(ALSO_CALLED, name) ? ALSO_CALLED[name] : name));
  return seen.filter((name) => name === 'userId' || asked.includes(name));
}

const time = (ms: number | null) => (ms === null ? null : isoTime(ms));

/** A user as a row tells it. */
export function rowOf(user: ExportedUser): DirectoryRow {
  const { password, hash, hashOptions } = user;
  return {
    userId: user.id,
    email: user.email,
    phone: user.phone,
    name: user.name,
    hash: password,
    algorithm: password === null ? null : hash,
    hashOptions: password !== null && isObject(hashOptions) ? { type: hash, ...hashOptions } : null,
    passwordUpdate: time(user.passwordUpdate),
    status: user.status,
    labels: user.labels,
    prefs: parsePrefs(user.prefs),
    emailVerification: user.emailVerification,
    phoneVerification: user.phoneVerification,
    mfa: user.mfa,
    impersonator: user.impersonator,
    registration: isoTime(user.createdAt),
    accessedAt: time(user.accessedAt),
    targets: user.targets,
    identities: user.identities,
    memberships: user.memberships,
  };
}
