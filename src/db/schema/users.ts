import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { type KeyedName, NO_NAME } from '../named';

/** A hash of a password with what is needed to verify it. */
type StoredPassword = { hash: string; algorithm: string; options: Record<string, string | number | boolean> };

/** Booleans of a user, and what it has not, as one number: what the index of them is of, to the letter. */
export const userFlags = sql.raw(
  `(status * 64 + email_verification * 32 + phone_verification * 16 + mfa * 8 + impersonator * 4 + (phone IS NULL) * 2 + (password_update IS NULL))`,
);

export const users = sqliteTable(
  'users',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    name: text('name').$type<KeyedName>().notNull().default(NO_NAME),
    /** The name as it is compared, sorted and searched: see `named`. Null is filled by a trigger. */
    nameKey: text('name_key'),
    email: text('email').unique(),
    phone: text('phone'),
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
    /**
     * Of which own address the target is stored, or gone: 1 the e-mail address, 2 the phone number. Else it is told from this
     * row (toldTargets.ts). Write 0 for a new user: what an earlier version makes has 3, and its targets are stored.
     */
    storedTargets: integer('stored_targets').notNull().default(3),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    // One for each attribute that a list can be ordered by; SQLite ends each with the row's sequence, the tie-breaker. What has
    // no value is not in that of the phone and the password, and all booleans share one: a new user is written into fewer.
    uniqueIndex('users_phone_unique').on(table.phone).where(sql`phone IS NOT NULL`),
    index('users_by_name').on(table.nameKey),
    index('users_by_created').on(table.createdAt),
    index('users_by_updated').on(table.updatedAt),
    index('users_by_password_update').on(table.passwordUpdate).where(sql`password_update IS NOT NULL`),
    index('users_by_flags').on(userFlags),
    index('users_by_accessed').on(table.accessedAt),
  ],
);

/** The labels of users, a row each, kept by triggers: who has one. */
export const userLabels = sqliteTable(
  'user_labels',
  { label: text('label').notNull(), userSeq: integer('user_seq').notNull() },
  (table) => [primaryKey({ columns: [table.label, table.userSeq] })],
);

/** How many sequences of users a zone has. */
export const ZONE_SIZE = 512;

/** How many zones an area has, which has a row of its own. */
export const ZONES_IN_AREA = 64;

/**
 * Bounds of the times of users, for each zone of their sequences, kept by triggers: coarse, so that they are written once a day
 * at most. No user of the zone has an earlier or a later one.
 */
export const userZones = sqliteTable('user_zones', {
  /** A user's sequence, divided by `ZONE_SIZE`; or that of an area, as its number below -1: -1 for the first. */
  zone: integer('zone').primaryKey(),
  createdOldest: integer('created_oldest').notNull(),
  createdNewest: integer('created_newest').notNull(),
  updatedOldest: integer('updated_oldest').notNull(),
  updatedNewest: integer('updated_newest').notNull(),
});
