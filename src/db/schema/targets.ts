import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Where a user can be reached: its e-mail address, its phone, its devices. */
export const targets = sqliteTable(
  'targets',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    userSeq: integer('user_seq').notNull(),
    name: text('name').notNull().default(''),
    providerType: text('provider_type', { enum: ['email', 'sms', 'push'] }).notNull(),
    providerId: text('provider_id'),
    identifier: text('identifier').notNull(),
    expired: integer('expired', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    // An identifier means something as one of its type: a device's token may read like an address and is none.
    uniqueIndex('targets_once').on(table.identifier, table.providerType),
    index('targets_by_user').on(table.userSeq, table.seq),
  ],
);
