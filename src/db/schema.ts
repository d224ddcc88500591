import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/*
 * The truth. Times are integer milliseconds UTC. `seq` is the insertion order, the default sort and the keyset of
 * every list; `id` is the public ID. Rows point at each other by `seq`, which is never used again, so that a new user
 * who takes over the ID of a deleted one inherits nothing.
 */

export const users = sqliteTable('users', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  name: text('name').notNull().default(''),
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
  accessedAt: integer('accessed_at'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

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
    userAgent: text('user_agent').notNull().default(''),
    countryCode: text('country_code').notNull().default(''),
    expire: integer('expire').notNull(),
    /** Set when revoked. The row stays until its copy in KV is gone, so that a failed deletion is not forgotten. */
    revokedAt: integer('revoked_at'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    index('sessions_by_user').on(table.userSeq, table.seq),
    index('sessions_by_expire').on(table.expire),
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
    expire: integer('expire').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    index('tokens_by_secret').on(table.userSeq, table.secretHash),
    index('tokens_by_expire').on(table.expire),
  ],
);

export const teams = sqliteTable('teams', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  name: text('name').notNull(),
  /** Number of confirmed memberships, kept by triggers on `memberships`. */
  total: integer('total').notNull().default(0),
  prefs: text('prefs').notNull().default('{}'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

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

/** API keys. The root key is a secret of the deployment and has no row. */
export const keys = sqliteTable('keys', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  name: text('name').notNull(),
  scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
  secretHash: text('secret_hash').notNull().unique(),
  expire: integer('expire'),
  accessedAt: integer('accessed_at'),
  /** Names of the SDKs that used the key. */
  sdks: text('sdks', { mode: 'json' }).$type<string[]>().notNull().default([]),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

/** What happened to users, and who did it. Rows outlive their user, until retention removes them. */
export const activity = sqliteTable(
  'activity',
  {
    seq: integer('seq').primaryKey(),
    userSeq: integer('user_seq').notNull(),
    userId: text('user_id').notNull(),
    event: text('event').notNull(),
    /** The session, membership, … that the event is about; empty where it is the user. */
    resourceId: text('resource_id').notNull().default(''),
    actorType: text('actor_type', { enum: ['key', 'user', 'system'] }).notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    ip: text('ip').notNull(),
    userAgent: text('user_agent').notNull(),
    countryCode: text('country_code').notNull(),
    requestId: text('request_id').notNull(),
    time: integer('time').notNull(),
  },
  (table) => [index('activity_by_user').on(table.userSeq, table.seq)],
);

/** How many users and live sessions there are, kept by triggers: a total never counts rows. */
export const counters = sqliteTable('counters', {
  name: text('name').primaryKey(),
  value: integer('value').notNull(),
});

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
