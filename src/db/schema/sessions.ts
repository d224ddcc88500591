import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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
    /** When it was last used, as far as that was noted: not each time, see `sessionStore/use.ts`. */
    usedAt: integer('used_at').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    index('sessions_by_user').on(table.userSeq, table.seq),
    index('sessions_by_expire').on(table.expire),
    // Not those that are on their way: the newest lines of the log tell of them (trigger `activity_added`).
    index('sessions_revoked')
      .on(table.revokedAt)
      .where(sql`revoked_at IS NOT NULL AND revoked_at <> updated_at`),
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
    /** How many wrong tries it outlives; null: no limit, since nobody guesses it. */
    triesLeft: integer('tries_left').default(5),
    expire: integer('expire').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    index('tokens_by_secret').on(table.userSeq, table.secretHash),
    index('tokens_by_expire').on(table.expire),
  ],
);
