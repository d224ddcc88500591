import { expect } from 'vitest';
import type { Sdk } from './generation';

/*
 * What each generation must be answered: whole objects, so that a field too many fails as a field too few does. The
 * fields, and since when each is there, are those of Appwrite's own response filters.
 */

type Fields = Readonly<Record<string, unknown>>;

/** A moment in the generation's form: whole seconds, or ISO 8601 with milliseconds and `+00:00`. */
export function time({ classic }: Sdk): unknown {
  return classic
    ? expect.toSatisfy((value) => Number.isInteger(value) && value > 1_700_000_000 && value < 10_000_000_000)
    : expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
}

/** A moment that there was not, in the generation's form. */
export function never({ classic }: Sdk): unknown {
  return classic ? 0 : '';
}

/** A hash of the SDK tests' deployment, and the parameters that made it. */
const hash = expect.stringMatching(/^\$argon2id\$v=19\$m=7168,t=5,p=1\$/);
const hashOptions = { type: 'argon2', memoryCost: 7168, timeCost: 5, threads: 1 };

/** A user with a password, an ID and nothing else but these fields. */
export function user(sdk: Sdk, fields: Fields): Fields {
  const common = { $id: '', $createdAt: time(sdk), $updatedAt: time(sdk), name: '', registration: time(sdk) };
  const contact = { email: '', phone: '', emailVerification: false, phoneVerification: false, prefs: {} };
  const classic = { ...common, status: true, passwordUpdate: time(sdk), ...contact };
  if (sdk.classic) return { ...classic, ...fields };
  return {
    ...classic,
    password: hash,
    hash: 'argon2',
    hashOptions,
    labels: [],
    accessedAt: '',
    emailCanonical: null,
    emailIsFree: null,
    emailIsDisposable: null,
    emailIsCorporate: null,
    emailIsCanonical: null,
    ...(sdk.since('1.5.0') ? { mfa: false, targets: [] } : {}),
    ...(sdk.since('1.9.0') ? { impersonator: false, impersonatorUserId: null } : {}),
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
export function session(sdk: Sdk, fields: Fields): Fields {
  return {
    $id: expect.stringMatching(/^[0-9a-f]{20}$/),
    $createdAt: time(sdk),
    ...(sdk.classic ? {} : { $updatedAt: time(sdk), mfaUpdatedAt: '' }),
    userId: '',
    expire: time(sdk),
    provider: 'server',
    providerUid: '',
    providerAccessToken: '',
    providerAccessTokenExpiry: never(sdk),
    providerRefreshToken: '',
    ip: text(),
    ...client(),
    current: false,
    ...(sdk.since('1.5.0') ? { factors: ['server'], secret: '' } : {}),
    ...fields,
  };
}

/** An entry of the activity log that the root key caused. */
export function log(sdk: Sdk, fields: Fields): Fields {
  return {
    event: '',
    userId: 'root',
    userEmail: '',
    userName: 'Root key',
    mode: 'default',
    ...(sdk.classic ? {} : { userType: 'keyProject' }),
    ip: text(),
    time: time(sdk),
    ...client(),
    ...fields,
  };
}

/** The membership that setup.ts makes for each generation. */
export function membership(sdk: Sdk, fields: Fields): Fields {
  return {
    $id: '',
    $createdAt: time(sdk),
    $updatedAt: time(sdk),
    userId: '',
    userName: '',
    userEmail: '',
    ...(sdk.since('1.9.2') ? { userPhone: '' } : {}),
    teamId: '',
    teamName: '',
    invited: time(sdk),
    joined: time(sdk),
    confirm: true,
    ...(sdk.since('1.5.0') ? { mfa: false } : {}),
    ...(sdk.classic ? {} : { userAccessedAt: '' }),
    roles: ['owner'],
    ...fields,
  };
}

/** A one-time token with its secret. */
export function token(sdk: Sdk, fields: Fields): Fields {
  return {
    $id: expect.stringMatching(/^[0-9a-f]{20}$/),
    $createdAt: time(sdk),
    userId: '',
    secret: text(),
    expire: time(sdk),
    phrase: '',
    ...fields,
  };
}
