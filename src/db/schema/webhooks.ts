import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Where events are sent to, and how it goes. */
export const webhooks = sqliteTable(
  'webhooks',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    name: text('name').notNull(),
    url: text('url').notNull(),
    /** The patterns of the events that it is sent, such as `users.*.create`. */
    events: text('events', { mode: 'json' }).$type<string[]>().notNull(),
    tls: integer('tls', { mode: 'boolean' }).notNull().default(false),
    authUsername: text('auth_username').notNull().default(''),
    /** Sealed under the encryption key; empty where there is none. */
    authPassword: text('auth_password').notNull().default(''),
    /** Sealed under the encryption key. */
    secret: text('secret').notNull(),
    /** The secret before the last rotation, sealed, which signs beside the new one until then. */
    previousSecret: text('previous_secret'),
    previousUntil: integer('previous_until'),
    enabled: integer('enabled', { mode: 'boolean' }).notNull(),
    /** Whether events are recorded for it: it is on, or was turned off by failures and not by a person. */
    listens: integer('listens', { mode: 'boolean' }).notNull(),
    /** What was wrong at the last failure; empty after a success. */
    logs: text('logs').notNull().default(''),
    /** Consecutive failures. */
    attempts: integer('attempts').notNull().default(0),
    /** Nothing is sent before: the receiver has asked for it (`Retry-After`). */
    notBefore: integer('not_before').notNull().default(0),
    /** Until when somebody is at its deliveries, so that no other one sends the same ones. */
    busyUntil: integer('busy_until').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [index('webhooks_listening').on(table.listens)],
);

/** What became of an event that a webhook is to be sent: written in the transaction of the change itself. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    seq: integer('seq').primaryKey(),
    webhookSeq: integer('webhook_seq').notNull(),
    /** The sequence of the event's activity row, in the order of commit. */
    eventSeq: integer('event_seq').notNull(),
    /** The event's whole name, such as `users.ada.update.email`. */
    name: text('name').notNull(),
    /** What is sent, JSON: see `events/recorded.ts`. */
    event: text('event').notNull(),
    /** Whether it is sent whether the webhook is on or not: a test. */
    isTest: integer('is_test', { mode: 'boolean' }).notNull().default(false),
    state: text('state', { enum: ['pending', 'delivered', 'failed'] })
      .notNull()
      .default('pending'),
    /** How often it was sent. */
    tries: integer('tries').notNull().default(0),
    /** When it is to be sent next, milliseconds; null: no more. */
    dueAt: integer('due_at'),
    /** The status of the last answer; 0 where there was none. */
    status: integer('status').notNull().default(0),
    /** How long the last try took, milliseconds. */
    duration: integer('duration').notNull().default(0),
    /** What was wrong at the last try. */
    error: text('error').notNull().default(''),
    createdAt: integer('created_at').notNull(),
    /** When it was sent last. */
    triedAt: integer('tried_at'),
  },
  (table) => [
    uniqueIndex('deliveries_once').on(table.webhookSeq, table.eventSeq),
    index('deliveries_by_time').on(table.webhookSeq, table.createdAt),
    index('deliveries_due').on(table.webhookSeq, table.eventSeq).where(sql`due_at IS NOT NULL`),
  ],
);
