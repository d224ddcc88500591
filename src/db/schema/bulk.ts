import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * The users that a change of many is about, within its own transaction: chosen once, since what is changed may decide who
 * is. No row outlives its transaction.
 */
export const selections = sqliteTable(
  'selections',
  {
    /** The change, by a number of its own. */
    change: text('change').notNull(),
    userSeq: integer('user_seq').notNull(),
  },
  (table) => [primaryKey({ columns: [table.change, table.userSeq] })],
);

/** Deletions by query that go on: how many users the call that comes next has to find. */
export const confirmations = sqliteTable(
  'confirmations',
  {
    /** A hash of who deletes, which users, and the number that was confirmed at first. */
    id: text('id').primaryKey(),
    remaining: integer('remaining').notNull(),
    expire: integer('expire').notNull(),
  },
  (table) => [index('confirmations_by_expire').on(table.expire)],
);
