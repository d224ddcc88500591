import { expect } from 'vitest';

/** The time at which tests stop the clock. */
export const NOW = {
  ms: Date.parse('2026-01-31T12:34:56.789Z'),
  iso: '2026-01-31T12:34:56.789+00:00',
  seconds: 1_769_862_896,
};

/** A minute later: when tests change what they made. */
export const LATER = {
  ms: NOW.ms + 60_000,
  iso: '2026-01-31T12:35:56.789+00:00',
  seconds: NOW.seconds + 60,
};

type Fields = Readonly<Record<string, unknown>>;

/** Where a user made at `NOW` can be reached. */
export function targetOf(userId: unknown, providerType: 'email' | 'sms' | 'push', fields: Fields): Fields {
  return {
    $id: expect.stringMatching(/^[0-9a-f]{20}$/),
    $createdAt: NOW.iso,
    $updatedAt: NOW.iso,
    name: '',
    userId,
    providerId: null,
    providerType,
    identifier: '',
    expired: false,
    ...fields,
  };
}

/** What an address of a company tells of itself. */
const factsOf = (email: unknown): Fields => ({
  emailCanonical: email,
  emailIsFree: false,
  emailIsDisposable: false,
  emailIsCorporate: true,
  emailIsCanonical: true,
});

/** The targets that follow from a user's address and number. */
const targetsOf = ({ $id, email, phone }: Fields): Fields[] => [
  ...(email ? [targetOf($id, 'email', { identifier: email })] : []),
  ...(phone ? [targetOf($id, 'sms', { identifier: phone })] : []),
];

/**
 * The whole body of a user made at `NOW` for a modern client, with these fields other than a bare user's. Its address,
 * if it has one, is of a company.
 */
export function modernUser(fields: Fields): Fields {
  return {
    $id: '',
    $createdAt: NOW.iso,
    $updatedAt: NOW.iso,
    name: '',
    password: null,
    hash: 'argon2',
    hashOptions: null,
    registration: NOW.iso,
    status: true,
    labels: [],
    passwordUpdate: '',
    email: '',
    phone: '',
    emailVerification: false,
    emailCanonical: null,
    emailIsFree: null,
    emailIsDisposable: null,
    emailIsCorporate: null,
    emailIsCanonical: null,
    phoneVerification: false,
    mfa: false,
    prefs: {},
    targets: targetsOf(fields),
    accessedAt: '',
    impersonator: false,
    impersonatorUserId: null,
    ...(fields.email ? factsOf(fields.email) : {}),
    ...fields,
  };
}

/** The same for a client of Appwrite 0.15. */
export function classicUser(fields: Fields): Fields {
  return {
    $id: '',
    $createdAt: NOW.seconds,
    $updatedAt: NOW.seconds,
    name: '',
    registration: NOW.seconds,
    status: true,
    passwordUpdate: 0,
    email: '',
    phone: '',
    emailVerification: false,
    phoneVerification: false,
    prefs: {},
    ...fields,
  };
}

/** The whole body of a team made at `NOW` for a modern client. */
export function modernTeam(fields: Fields): Fields {
  return { $id: '', $createdAt: NOW.iso, $updatedAt: NOW.iso, name: '', total: 0, prefs: {}, ...fields };
}

/** The whole body of a membership made at `NOW` with an API key, for a modern client. */
export function modernMembership(fields: Fields): Fields {
  return {
    $id: expect.stringMatching(/^[0-9a-f]{20}$/),
    $createdAt: NOW.iso,
    $updatedAt: NOW.iso,
    userId: '',
    userName: '',
    userEmail: '',
    userPhone: '',
    teamId: '',
    teamName: 'A team',
    invited: NOW.iso,
    joined: NOW.iso,
    confirm: true,
    mfa: false,
    userAccessedAt: '',
    roles: [],
    ...fields,
  };
}

/** A hash as the tests' deployment makes it. */
export const ARGON2_HASH = /^\$argon2id\$v=19\$m=7168,t=5,p=1\$[\w+/]{22}\$[\w+/]{43}$/;

export const ARGON2_OPTIONS = { type: 'argon2', memoryCost: 7168, timeCost: 5, threads: 1 };

/** What sessions and logs tell of a client that told nothing of itself. */
export const UNKNOWN_CLIENT = {
  osCode: '',
  osName: '',
  osVersion: '',
  clientType: '',
  clientCode: '',
  clientName: '',
  clientVersion: '',
  clientEngine: '',
  clientEngineVersion: '',
  deviceName: '',
  deviceBrand: '',
  deviceModel: '',
  countryCode: '--',
  countryName: 'Unknown',
};

/** Where webhooks of tests lead that are sent nothing. */
export const RECEIVER = 'https://receiver.example.com/hook';

/** The whole body of a webhook made at `NOW`. */
export const webhookOf = (fields: Readonly<Record<string, unknown>>) => ({
  $id: '',
  $createdAt: NOW.iso,
  $updatedAt: NOW.iso,
  name: 'CI',
  url: RECEIVER,
  events: ['users.*'],
  tls: false,
  authUsername: '',
  authPassword: '',
  secret: '',
  enabled: true,
  logs: '',
  attempts: 0,
  ...fields,
});
