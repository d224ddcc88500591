import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * What happened to users, teams and keys, and who did it. Rows outlive what they are about, until retention removes them;
 * what is personal in them does not (activity/erase.ts). The resource that an event is about is told by the event's first word.
 */
export const activity = sqliteTable(
  'activity',
  {
    seq: integer('seq').primaryKey(),
    /** The user that it happened to; 0 where it happened to none, but to a team or a key. */
    userSeq: integer('user_seq').notNull(),
    userId: text('user_id').notNull(),
    /** The team that it happened to, or in; null for none. */
    teamSeq: integer('team_seq'),
    event: text('event').notNull(),
    /** The session, membership, key, … that the event is about; empty where it is the user. */
    resourceId: text('resource_id').notNull().default(''),
    actorType: text('actor_type', { enum: ['key', 'user', 'guest', 'system'] }).notNull(),
    /** A key's ID; the session's where a user acted for itself, the user's where it acted on another one. */
    actorId: text('actor_id').notNull(),
    /** The user that acted, where it is another one than `userSeq`. */
    actorSeq: integer('actor_seq'),
    actorName: text('actor_name').notNull(),
    ip: text('ip').notNull(),
    userAgent: text('user_agent').notNull(),
    countryCode: text('country_code').notNull(),
    requestId: text('request_id').notNull(),
    time: integer('time').notNull(),
    /** Of a session that was made: its provider, which usage counts by. */
    provider: text('provider'),
    /** What makes a line that recurs one line, such as its event, whom it is about, and the hour. Null: it does not. */
    once: text('once'),
    /** How often it happened. */
    count: integer('count').notNull().default(1),
  },
  (table) => [
    index('activity_by_user').on(table.userSeq, table.seq),
    index('activity_by_team').on(table.teamSeq, table.seq).where(sql`team_seq IS NOT NULL`),
    index('activity_by_actor').on(table.actorSeq, table.seq).where(sql`actor_seq IS NOT NULL`),
    uniqueIndex('activity_once').on(table.once).where(sql`once IS NOT NULL`),
  ],
);

/** Deleted users with more activity than their deletion could erase: what is left for the cron trigger. */
export const erasures = sqliteTable('erasures', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  userSeq: integer('user_seq').notNull(),
  /** Which rows: those about the user, or those of what it did to others. */
  role: text('role', { enum: ['subject', 'actor'] }).notNull(),
  /** Rows from this sequence on are erased. */
  below: integer('below').notNull(),
});
