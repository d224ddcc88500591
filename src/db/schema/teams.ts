import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { KeyedName } from '../named';

export const teams = sqliteTable(
  'teams',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    name: text('name').$type<KeyedName>().notNull(),
    nameKey: text('name_key'),
    /** Number of confirmed memberships, kept by triggers on `memberships`. */
    total: integer('total').notNull().default(0),
    prefs: text('prefs').notNull().default('{}'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    index('teams_by_name').on(table.nameKey),
    index('teams_by_total').on(table.total),
    index('teams_by_created').on(table.createdAt),
    index('teams_by_updated').on(table.updatedAt),
  ],
);

export const memberships = sqliteTable(
  'memberships',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    teamSeq: integer('team_seq').notNull(),
    userSeq: integer('user_seq').notNull(),
    roles: text('roles', { mode: 'json' }).$type<string[]>().notNull(),
    invited: integer('invited').notNull(),
    joined: integer('joined'),
    confirm: integer('confirm', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('memberships_once').on(table.teamSeq, table.userSeq),
    index('memberships_by_user').on(table.userSeq, table.seq),
    index('memberships_by_team').on(table.teamSeq, table.seq),
    // Which `teams.total` does not count; there are none but by hand, so that nobody writes it.
    index('memberships_unconfirmed').on(table.teamSeq).where(sql`confirm = 0`),
  ],
);
