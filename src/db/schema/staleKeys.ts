import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Rows whose folded text SQL could not make: the cron trigger does. */
export const staleKeys = sqliteTable(
  'stale_keys',
  {
    kind: text('kind', { enum: ['users', 'teams', 'keys', 'identities'] }).notNull(),
    seq: integer('seq').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.seq] })],
);
