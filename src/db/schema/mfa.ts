import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

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
