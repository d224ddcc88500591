import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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
