import { integer, primaryKey, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core';

/** How many users, live sessions and teams there are: a total never counts rows. A view, made by migration 0013. */
export const counters = sqliteView('counters', {
  name: text('name').notNull(),
  value: integer('value').notNull(),
}).existing();

/** What `counters` can't tell from the rows' own numbers, and marks of how far the cron trigger has come. */
export const totals = sqliteTable('totals', {
  name: text('name').primaryKey(),
  value: integer('value').notNull().default(0),
  /** The highest number that was deleted. */
  top: integer('top').notNull().default(0),
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
