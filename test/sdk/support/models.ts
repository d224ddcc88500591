import { expect } from 'vitest';
import type { Era } from './generation';

/*
 * What each generation must be answered: whole objects, so that a field too many fails as a field too few does. The
 * fields, and since when each is there, are those of Appwrite's own response filters.
 */

type Fields = Readonly<Record<string, unknown>>;

/** A moment in the generation's form: whole seconds, or ISO 8601 with milliseconds and `+00:00`. */
export function time({ classic }: Era): unknown {
  return classic
    ? expect.toSatisfy((value) => Number.isInteger(value) && value > 1_700_000_000 && value < 10_000_000_000)
    : expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
}

/** A moment that there was not, in the generation's form. */
export function never({ classic }: Era): unknown {
  return classic ? 0 : '';
}

/** A hash of the SDK tests' deployment, and the parameters that made it. */
const hash = expect.stringMatching(/^\$argon2id\$v=19\$m=7168,t=5,p=1\$/);
const hashOptions = { type: 'argon2', memoryCost: 7168, timeCost: 5, threads: 1 };

/** A target of a user. */
export function target(era: Era, fields: Fields): Fields {
  return {
    $id: expect.stringMatching(/^[0-9a-f]{20}$/),
    $createdAt: time(era),
    $updatedAt: time(era),
    name: '',
    userId: '',
    providerId: null,
    providerType: 'email',
    identifier: '',
    expired: false,
    ...fields,
  };
}

/** A user with a password, an ID and nothing else but these fields, and what follows from them. */
export function user(era: Era, fields: Fields): Fields {
  const common = { $id: '', $createdAt: time(era), $updatedAt: time(era), name: '', registration: time(era) };
  const contact = { email: '', phone: '', emailVerification: false, phoneVerification: false, prefs: {} };
  const classic = { ...common, status: true, passwordUpdate: time(era), ...contact };
  if (era.classic) return { ...classic, ...fields };
  return {
    ...classic,
    password: hash,
    hash: 'argon2',
    hashOptions,
    labels: [],
    accessedAt: '',
    ...emailFacts(fields.email),
    ...(era.since('1.5.0') ? { mfa: false, targets: targetsOf(era, fields) } : {}),
    ...(era.since('1.9.0') ? { impersonator: false, impersonatorUserId: null } : {}),
    ...fields,
  };
}

/** What the tests' addresses, of domains that nobody gives away, tell of themselves. */
function emailFacts(email: unknown): Fields {
  const has = email !== undefined;
  return {
    emailCanonical: has ? email : null,
    emailIsFree: has ? false : null,
    emailIsDisposable: has ? false : null,
    emailIsCorporate: has ? true : null,
    emailIsCanonical: has ? true : null,
  };
}

/** An address and a number are targets by themselves. */
function targetsOf(era: Era, { $id: userId, email, phone }: Fields): Fields[] {
  return [
    ...(email === undefined ? [] : [target(era, { userId, identifier: email })]),
    ...(phone === undefined ? [] : [target(era, { userId, providerType: 'sms', identifier: phone })]),
  ];
}

/** An account at another provider, whose tokens are not kept. */
export function identity(era: Era, fields: Fields): Fields {
  return {
    $id: '',
    $createdAt: time(era),
    $updatedAt: time(era),
    userId: '',
    provider: '',
    providerUid: '',
    providerEmail: '',
    providerAccessToken: '',
    providerAccessTokenExpiry: '',
    providerRefreshToken: '',
    ...fields,
  };
}

const text = () => expect.any(String);

/** What a session or a log entry tells of the client. */
const client = () => ({
  osCode: text(),
  osName: text(),
  osVersion: text(),
  clientType: text(),
  clientCode: text(),
  clientName: text(),
  clientVersion: text(),
  clientEngine: text(),
  clientEngineVersion: text(),
  deviceName: text(),
  deviceBrand: text(),
  deviceModel: text(),
  countryCode: text(),
  countryName: text(),
});

/** A session that a server made, and whose secret is told no more. */
export function session(era: Era, fields: Fields): Fields {
  return {
    $id: expect.stringMatching(/^[0-9a-f]{20}$/),
    $createdAt: time(era),
    ...(era.classic ? {} : { $updatedAt: time(era), mfaUpdatedAt: '' }),
    userId: '',
    expire: time(era),
    provider: 'server',
    providerUid: '',
    providerAccessToken: '',
    providerAccessTokenExpiry: never(era),
    providerRefreshToken: '',
    ip: text(),
    ...client(),
    current: false,
    ...(era.since('1.5.0') ? { factors: ['server'], secret: '' } : {}),
    ...fields,
  };
}

/** An entry of the activity log that the root key caused. */
export function log(era: Era, fields: Fields): Fields {
  return {
    event: '',
    userId: 'root',
    userEmail: '',
    userName: 'Root key',
    mode: 'default',
    ...(era.classic ? {} : { userType: 'keyProject' }),
    ip: text(),
    time: time(era),
    ...client(),
    ...fields,
  };
}

/** A place in a team that the user has taken. */
export function membership(era: Era, fields: Fields): Fields {
  return {
    $id: '',
    $createdAt: time(era),
    $updatedAt: time(era),
    userId: '',
    userName: '',
    userEmail: '',
    ...(era.since('1.9.2') ? { userPhone: '' } : {}),
    teamId: '',
    teamName: '',
    invited: time(era),
    joined: time(era),
    confirm: true,
    ...(era.since('1.5.0') ? { mfa: false } : {}),
    ...(era.classic ? {} : { userAccessedAt: '' }),
    roles: ['owner'],
    ...fields,
  };
}

/** A one-time token with its secret. */
export function token(era: Era, fields: Fields): Fields {
  return {
    $id: expect.stringMatching(/^[0-9a-f]{20}$/),
    $createdAt: time(era),
    userId: '',
    secret: text(),
    expire: time(era),
    phrase: '',
    ...fields,
  };
}
