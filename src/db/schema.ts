import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { type KeyedName, NO_NAME } from './named';

/*
 * The truth. Times are integer milliseconds UTC. `seq` is the insertion order, the default sort and the keyset of
 * every list; `id` is the public ID. Rows point at each other by `seq`, which is never used again, so that a new user
 * who takes over the ID of a deleted one inherits nothing.
 */

/** A hash of a password with what is needed to verify it. */
type StoredPassword = { hash: string; algorithm: string; options: Record<string, string | number | boolean> };

export const users = sqliteTable(
  'users',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    name: text('name').$type<KeyedName>().notNull().default(NO_NAME),
    /** The name as it is compared, sorted and searched: see `named`. Null is filled by a trigger. */
    nameKey: text('name_key'),
    email: text('email').unique(),
    phone: text('phone').unique(),
    emailVerification: integer('email_verification', { mode: 'boolean' }).notNull().default(false),
    phoneVerification: integer('phone_verification', { mode: 'boolean' }).notNull().default(false),
    status: integer('status', { mode: 'boolean' }).notNull().default(true),
    /** The password's hash, never the password; its algorithm and parameters follow. Null: no password. */
    password: text('password'),
    hash: text('hash').notNull().default('argon2'),
    hashOptions: text('hash_options', { mode: 'json' }).$type<Record<string, string | number | boolean>>(),
    passwordUpdate: integer('password_update'),
    /** JSON text exactly as it was sent, so that numbers beyond 2^53 survive. */
    prefs: text('prefs').notNull().default('{}'),
    labels: text('labels', { mode: 'json' }).$type<string[]>().notNull().default([]),
    mfa: integer('mfa', { mode: 'boolean' }).notNull().default(false),
    impersonator: integer('impersonator', { mode: 'boolean' }).notNull().default(false),
    /** Earlier hashes, newest first, as many as the deployment's password history asks for. */
    passwordHistory: text('password_history', { mode: 'json' })
      .$type<StoredPassword[]>()
      .notNull()
      .default([]),
    accessedAt: integer('accessed_at'),
    /** Moves forward, never back, with every revocation of all that the user holds: a JWT without a session has it. */
    validFrom: integer('valid_from').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    // One for each attribute that a list can be ordered by; SQLite ends each with the row's sequence, the tie-breaker.
    index('users_by_name').on(table.nameKey),
    index('users_by_created').on(table.createdAt),
    index('users_by_updated').on(table.updatedAt),
    index('users_by_password_update').on(table.passwordUpdate),
    index('users_by_status').on(table.status),
    index('users_by_email_verification').on(table.emailVerification),
    index('users_by_phone_verification').on(table.phoneVerification),
    index('users_by_impersonator').on(table.impersonator),
    index('users_by_mfa').on(table.mfa),
    index('users_by_accessed').on(table.accessedAt),
  ],
);

export const sessions = sqliteTable(
  'sessions',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    userSeq: integer('user_seq').notNull(),
    /** SHA-256 of the secret, lower-case hex. The secret itself is shown once and stored nowhere. */
    secretHash: text('secret_hash').notNull().unique(),
    provider: text('provider').notNull(),
    providerUid: text('provider_uid').notNull().default(''),
    /** The factors that this session has proved, such as `password`. */
    factors: text('factors', { mode: 'json' }).$type<string[]>().notNull(),
    ip: text('ip').notNull().default(''),
    /** The network of that address, from which its user may try in vain without regard to others; null: none is known. */
    network: text('network'),
    userAgent: text('user_agent').notNull().default(''),
    countryCode: text('country_code').notNull().default(''),
    mfaUpdatedAt: integer('mfa_updated_at'),
    /**
     * Whether the session may be that of a user with the capability `impersonator`: not one made by a key that could not
     * read the directory itself. It ends when its user is given the capability.
     */
    readsUsers: integer('reads_users', { mode: 'boolean' }).notNull().default(true),
    expire: integer('expire').notNull(),
    /** Set when revoked. The row stays until its copy in KV is gone, so that a failed deletion is not forgotten. */
    revokedAt: integer('revoked_at'),
    /** When it was last used, as far as that was noted: not each time, see `sessions/use.ts`. */
    usedAt: integer('used_at').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    index('sessions_by_user').on(table.userSeq, table.seq),
    index('sessions_by_network').on(table.userSeq, table.network).where(sql`network IS NOT NULL`),
    index('sessions_by_expire').on(table.expire),
    index('sessions_by_use').on(table.usedAt),
    index('sessions_revoked').on(table.revokedAt).where(sql`revoked_at IS NOT NULL`),
  ],
);

/** One-time secrets that a server hands to a user, who makes a session of them. */
export const tokens = sqliteTable(
  'tokens',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull(),
    userSeq: integer('user_seq').notNull(),
    /** SHA-256 of the secret, lower-case hex. */
    secretHash: text('secret_hash').notNull(),
    /** What the session made of it is to say in its column of that name. */
    readsUsers: integer('reads_users', { mode: 'boolean' }).notNull().default(true),
    /** How many wrong tries it outlives; null: any number, since nobody guesses it. */
    triesLeft: integer('tries_left').default(5),
    expire: integer('expire').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    index('tokens_by_secret').on(table.userSeq, table.secretHash),
    index('tokens_by_expire').on(table.expire),
  ],
);

export const teams = sqliteTable(
  'teams',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    name: text('name').$type<KeyedName>().notNull(),
    nameKey: text('name_key'),
    /** Number of confirmed memberships, kept by triggers on `memberships`. */
    total: integer('total').notNull().default(0),
    prefs: text('prefs').notNull().default('{}'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    index('teams_by_name').on(table.nameKey),
    index('teams_by_total').on(table.total),
    index('teams_by_created').on(table.createdAt),
    index('teams_by_updated').on(table.updatedAt),
  ],
);

export const memberships = sqliteTable(
  'memberships',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    teamSeq: integer('team_seq').notNull(),
    userSeq: integer('user_seq').notNull(),
    roles: text('roles', { mode: 'json' }).$type<string[]>().notNull(),
    invited: integer('invited').notNull(),
    joined: integer('joined'),
    confirm: integer('confirm', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('memberships_once').on(table.teamSeq, table.userSeq),
    index('memberships_by_user').on(table.userSeq, table.seq),
    index('memberships_by_team').on(table.teamSeq, table.seq),
  ],
);

/** Where a user can be reached: its e-mail address, its phone, its devices. */
export const targets = sqliteTable(
  'targets',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    userSeq: integer('user_seq').notNull(),
    name: text('name').notNull().default(''),
    providerType: text('provider_type', { enum: ['email', 'sms', 'push'] }).notNull(),
    providerId: text('provider_id'),
    identifier: text('identifier').notNull(),
    expired: integer('expired', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    // An identifier means something as one of its type: a device's token may read like an address and is none.
    uniqueIndex('targets_once').on(table.identifier, table.providerType),
    index('targets_by_user').on(table.userSeq, table.seq),
  ],
);

/** Accounts of other providers that a user signs in with. */
export const identities = sqliteTable(
  'identities',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    userSeq: integer('user_seq').notNull(),
    provider: text('provider').notNull(),
    providerUid: text('provider_uid').notNull(),
    /** Folded, for search alone. */
    providerUidKey: text('provider_uid_key'),
    providerEmail: text('provider_email').notNull().default(''),
    providerAccessTokenExpiry: integer('provider_access_token_expiry'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('identities_once').on(table.provider, table.providerUid),
    index('identities_by_user').on(table.userSeq, table.seq),
    index('identities_by_email').on(table.providerEmail),
    // For lists in the order of an attribute, as those of users.
    index('identities_by_provider').on(table.provider),
    index('identities_by_provider_uid').on(table.providerUid),
    index('identities_by_expiry').on(table.providerAccessTokenExpiry),
    index('identities_by_created').on(table.createdAt),
    index('identities_by_updated').on(table.updatedAt),
  ],
);

/** Second factors: at most one app for one-time passwords (TOTP) a user. */
export const authenticators = sqliteTable(
  'authenticators',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull(),
    userSeq: integer('user_seq').notNull(),
    type: text('type', { enum: ['totp'] }).notNull(),
    /** The TOTP secret, encrypted with a key that is not in the database. */
    secret: text('secret').notNull(),
    /** Whether the user has shown a first code of it. */
    verified: integer('verified', { mode: 'boolean' }).notNull().default(false),
    /** The last time step whose code was used, so that no code is used twice. */
    usedStep: integer('used_step').notNull().default(0),
    /** Counts of tries, as they were kept before `failures`: nothing reads them. */
    tries: integer('tries').notNull().default(0),
    triesSince: integer('tries_since').notNull().default(0),
    /** When it was made; once it is verified, when it was. */
    createdAt: integer('created_at').notNull(),
  },
  (table) => [uniqueIndex('authenticators_once').on(table.userSeq, table.type)],
);

/** One-time codes for a user that has lost its other factors. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    userSeq: integer('user_seq').notNull(),
    /** A keyed hash, by which a statement finds a code and uses it up without opening it. */
    codeHash: text('code_hash').notNull(),
    /** The code, encrypted with a key that is not in the database; null where it was made before codes could be read again. */
    sealed: text('sealed'),
  },
  (table) => [primaryKey({ columns: [table.userSeq, table.codeHash] })],
);

/** A second factor that was asked for and not shown yet. */
export const challenges = sqliteTable(
  'challenges',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    userSeq: integer('user_seq').notNull(),
    sessionId: text('session_id').notNull(),
    factor: text('factor', { enum: ['totp', 'recoverycode'] }).notNull(),
    expire: integer('expire').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    index('challenges_by_session').on(table.userSeq, table.sessionId, table.seq),
    index('challenges_by_expire').on(table.expire),
  ],
);

/** Tries that failed, in the last hour or so: one row for each key that a try counts for. No key tells an address. */
export const failures = sqliteTable(
  'failures',
  {
    /** Of the time: what is over is one range of the table. */
    hour: integer('hour').notNull(),
    key: text('key').notNull(),
    time: integer('time').notNull(),
    id: text('id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.hour, table.key, table.time, table.id] })],
);

/** Networks from which users proved who they are in the last 30 days, with how many factors; as keyed hashes. */
export const networks = sqliteTable(
  'networks',
  {
    userSeq: integer('user_seq').notNull(),
    factors: integer('factors').notNull(),
    network: text('network').notNull(),
    seenAt: integer('seen_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userSeq, table.factors, table.network] }),
    index('networks_by_seen').on(table.seenAt),
  ],
);

/** What users may still write themselves; a trigger on `activity` spends of it. */
export const budgets = sqliteTable('budgets', {
  userSeq: integer('user_seq').primaryKey(),
  /** When the budget is whole again: each request puts that off by a second. */
  spentUntil: integer('spent_until').notNull(),
  /** The last request that spent of it, and when: each spends once. */
  request: text('request').notNull(),
});

/** API keys. The root key is a secret of the deployment and has no row. */
export const keys = sqliteTable('keys', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  name: text('name').$type<KeyedName>().notNull(),
  nameKey: text('name_key'),
  scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
  secretHash: text('secret_hash').notNull().unique(),
  expire: integer('expire'),
  accessedAt: integer('accessed_at'),
  /** Names of the SDKs that used the key. */
  sdks: text('sdks', { mode: 'json' }).$type<string[]>().notNull().default([]),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

/**
 * What happened to users, teams and keys, and who did it. Rows outlive what they are about, until retention removes them;
 * what is personal in them does not (erase.ts). The resource that an event is about is told by the event's first word.
 */
export const activity = sqliteTable(
  'activity',
  {
    seq: integer('seq').primaryKey(),
    /** The user that it happened to; 0 where it happened to none, but to a team or a key. */
    userSeq: integer('user_seq').notNull(),
    userId: text('user_id').notNull(),
    /** The team that it happened to, or in; null for none. */
    teamSeq: integer('team_seq'),
    event: text('event').notNull(),
    /** The session, membership, key, … that the event is about; empty where it is the user. */
    resourceId: text('resource_id').notNull().default(''),
    actorType: text('actor_type', { enum: ['key', 'user', 'guest', 'system'] }).notNull(),
    /** A key's ID; the session's where a user acted for itself, the user's where it acted on another one. */
    actorId: text('actor_id').notNull(),
    /** The user that acted, where it is another one than `userSeq`. */
    actorSeq: integer('actor_seq'),
    actorName: text('actor_name').notNull(),
    ip: text('ip').notNull(),
    userAgent: text('user_agent').notNull(),
    countryCode: text('country_code').notNull(),
    requestId: text('request_id').notNull(),
    time: integer('time').notNull(),
    /** What makes a line that recurs one line, such as its event, whom it is about, and the hour. Null: it does not. */
    once: text('once'),
    /** How often it happened. */
    count: integer('count').notNull().default(1),
  },
  (table) => [
    index('activity_by_user').on(table.userSeq, table.seq),
    index('activity_by_team').on(table.teamSeq, table.seq).where(sql`team_seq IS NOT NULL`),
    index('activity_by_actor').on(table.actorSeq, table.seq).where(sql`actor_seq IS NOT NULL`),
    uniqueIndex('activity_once').on(table.once).where(sql`once IS NOT NULL`),
  ],
);

/** Deleted users with more activity than their deletion could erase: what is left for the cron trigger. */
export const erasures = sqliteTable('erasures', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  userSeq: integer('user_seq').notNull(),
  /** Which rows: those about the user, or those of what it did to others. */
  role: text('role', { enum: ['subject', 'actor'] }).notNull(),
  /** Rows from this sequence on are erased. */
  below: integer('below').notNull(),
});

/** How many users and live sessions there are, kept by triggers: a total never counts rows. */
export const counters = sqliteTable('counters', {
  name: text('name').primaryKey(),
  value: integer('value').notNull(),
});

/** Rows whose folded text SQL could not make: the cron trigger does. */
export const staleKeys = sqliteTable(
  'stale_keys',
  {
    kind: text('kind', { enum: ['users', 'teams', 'keys', 'identities'] }).notNull(),
    seq: integer('seq').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.seq] })],
);

/** What happened how often, in half-hour periods: the smallest step that a usage chart has. */
export const usage = sqliteTable(
  'usage',
  {
    metric: text('metric').notNull(),
    /** Start of the half hour. */
    period: integer('period').notNull(),
    value: integer('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.metric, table.period] })],
);
