import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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
