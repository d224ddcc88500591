import { named } from '../../db/named';
import { TOLD_ID } from '../../db/toldTargets';
import { ApiError } from '../../http/errors';
import { invalid } from '../../http/input';
import { type ImportParameters, importPassword } from '../../passwords';
import { type Caller, isAllowed } from '../../request/caller';
import { checkGrants } from '../../request/entrance';
import { identifierAs } from '../../targets';
import { foldText } from '../../text/fold';
import { uniqueId } from '../../wire/id';
import { claimsOf } from './claims';
import type { ImportRow } from './row';
import type { Candidate, Possessions } from './stored';

/**
 * What a row's parameters ask to be stored.
 * @throws ApiError for what single calls would refuse them for
 */
export function candidateOf(index: number, row: ImportRow, caller: Caller): Candidate {
  if (row.impersonator === true) checkGrants(caller);
  const keys = {
    id: row.userId ?? uniqueId(),
    email: row.email ?? null,
    phone: row.phone ?? null,
    enters: flag(enters(row)) ?? 0,
    targets: targetsOf(row),
    identities: identitiesOf(row),
    memberships: membershipsOf(row, caller),
  };
  const { name, nameKey } = row.name === undefined ? { name: null, nameKey: null } : named(row.name);
  const columns = {
    setsEmail: flag(row.email !== undefined) ?? 0,
    setsPhone: flag(row.phone !== undefined) ?? 0,
    name,
    nameKey,
    ...hashOf(row),
    passwordUpdate: row.passwordUpdate ?? null,
    status: flag(row.status),
    labels: row.labels === undefined ? null : JSON.stringify(row.labels),
    prefs: row.prefs ?? null,
    emailVerification: flag(row.emailVerification),
    phoneVerification: flag(row.phoneVerification),
    mfa: flag(row.mfa),
    impersonator: flag(row.impersonator),
    registration: row.registration ?? null,
    accessedAt: row.accessedAt ?? null,
  };
  return { index, keys, columns, claims: claimsOf(keys), plain: row.password };
}

function flag(value: boolean | null | undefined): 0 | 1 | null {
  if (value === undefined || value === null) return null;
  return value ? 1 : 0;
}

/** What single calls take the scope `users.read` for, where the user may act as others. */
function enters(row: ImportRow): boolean {
  const given = [row.email, row.phone, row.password, row.hash, row.emailVerification, row.phoneVerification];
  const isGiven = given.some((value) => value !== undefined);
  const hasWays = (row.targets?.length ?? 0) + (row.identities?.length ?? 0) > 0;
  return isGiven || hasWays || row.status === true || row.mfa === false || row.impersonator === true;
}

/** By the parameters of single imports: what they are called in a row. */
const OPTIONS = {
  password: 'hash',
  passwordVersion: 'hashOptions.version',
  passwordSalt: 'hashOptions.salt',
  passwordSaltSeparator: 'hashOptions.saltSeparator',
  passwordSignerKey: 'hashOptions.signerKey',
  passwordCpu: 'hashOptions.costCpu',
  passwordMemory: 'hashOptions.costMemory',
  passwordParallel: 'hashOptions.costParallel',
  passwordLength: 'hashOptions.length',
  passwordNormalization: 'hashOptions.normalization',
} as const satisfies Record<'password' | keyof ImportParameters, string>;

const NO_HASH = { password: null, hash: null, hashOptions: null };

/** @throws ApiError general_argument_invalid for a hash that could never be verified */
function hashOf({ hash, algorithm, hashOptions: given = {}, password }: ImportRow) {
  if (hash === undefined) return NO_HASH;
  if (password !== undefined) throw invalid('hash', 'Value must not stand beside a password.');
  if (algorithm === undefined)
    throw new ApiError('general_argument_invalid', 'Param "algorithm" is not optional beside a hash.');
  const checked = importPassword(algorithm, hash, {
    passwordVersion: given.version ?? undefined,
    passwordSalt: given.salt ?? undefined,
    passwordSaltSeparator: given.saltSeparator ?? undefined,
    passwordSignerKey: given.signerKey ?? undefined,
    passwordCpu: given.costCpu ?? undefined,
    passwordMemory: given.costMemory ?? undefined,
    passwordParallel: given.costParallel ?? undefined,
    passwordLength: given.length ?? undefined,
    passwordNormalization: given.normalization ?? undefined,
  });
  if (!checked.ok) throw invalid(OPTIONS[checked.parameter], inOurWords(checked.reason));
  const { hash: stored, algorithm: name, options } = checked.password;
  return { password: stored, hash: name, hashOptions: JSON.stringify(options) };
}

function inOurWords(reason: string): string {
  return Object.entries(OPTIONS).reduce(
    (text, [name, ours]) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), ours),
    reason,
  );
}

function targetsOf({ targets = [] }: ImportRow): Possessions['targets'] {
  const made = targets.map(({ targetId, providerType: type, identifier, providerId, name, expired }, at) => {
    const form = identifierAs(type, identifier);
    if (form === undefined) {
      const isEmail = type === 'email';
      const what = isEmail ? 'email address' : 'phone number';
      throw new ApiError(
        isEmail ? 'general_invalid_email' : 'general_invalid_phone',
        `Invalid \`targets[${at}].identifier\` param: Value must be a valid ${what}`,
      );
    }
    return {
      id: targetId && !TOLD_ID.test(targetId) ? targetId : null,
      spare: uniqueId(),
      type,
      identifier: form,
      providerId: providerId ?? null,
      name: name ?? '',
      expired: flag(expired) ?? 0,
    };
  });
  once('targets', 'targetId', made, ({ id, spare }) => id ?? spare);
  once('targets', 'identifier', made, ({ type, identifier }) => `${type} ${identifier}`);
  return made;
}

function identitiesOf({ identities = [] }: ImportRow): Possessions['identities'] {
  const made = identities.map(({ identityId, provider, providerUid: uid, providerEmail }) => ({
    id: identityId,
    provider,
    uid,
    uidKey: foldText(uid),
    email: providerEmail ?? '',
  }));
  once('identities', 'identityId', made, ({ id }) => id);
  once('identities', 'providerUid', made, ({ provider, uid }) => `${provider} ${uid}`);
  return made;
}

/** @throws ApiError general_unauthorized_scope where the caller may not write teams */
function membershipsOf({ memberships = [] }: ImportRow, caller: Caller): Possessions['memberships'] {
  if (memberships.length > 0 && !isAllowed(caller, ['teams.write'])) {
    const message = 'To give `memberships` also takes the scope ["teams.write"].';
    throw new ApiError('general_unauthorized_scope', message);
  }
  const made = memberships.map(({ membershipId, teamId, teamName, roles, confirm }) => {
    const { name, nameKey } = named(teamName ?? teamId);
    return {
      id: membershipId,
      team: teamId,
      teamName: name,
      teamNameKey: nameKey,
      roles: JSON.stringify(roles ?? []),
      confirm: flag(confirm) ?? 1,
    };
  });
  once('memberships', 'membershipId', made, ({ id }) => id);
  once('memberships', 'teamId', made, ({ team }) => team);
  return made;
}

/** @throws ApiError where two of a row's own are the same */
function once<Item>(parameter: string, field: string, items: readonly Item[], of: (item: Item) => string) {
  if (new Set(items.map(of)).size < items.length)
    throw invalid(parameter, `Two of them have the same ${field}.`);
}
