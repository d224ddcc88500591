import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Accounts of other providers that a user signs in with. */
export const identities = sqliteTable(
  'identities',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    userSeq: integer('user_seq').notNull(),
    provider: text('provider').notNull(),
    providerUid: text('provider_uid').notNull(),
    /** Folded, for search alone. */
    providerUidKey: text('provider_uid_key'),
    providerEmail: text('provider_email').notNull().default(''),
    providerAccessTokenExpiry: integer('provider_access_token_expiry'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('identities_once').on(table.provider, table.providerUid),
    index('identities_by_user').on(table.userSeq, table.seq),
    index('identities_by_email').on(table.providerEmail),
    // For lists in the order of an attribute, as those of users.
    index('identities_by_provider').on(table.provider),
    index('identities_by_provider_uid').on(table.providerUid),
    index('identities_by_expiry').on(table.providerAccessTokenExpiry),
    index('identities_by_created').on(table.createdAt),
    index('identities_by_updated').on(table.updatedAt),
  ],
);
