import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { KeyedName } from '../named';

/** API keys. The root key is a secret of the deployment and has no row. */
export const keys = sqliteTable('keys', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  name: text('name').$type<KeyedName>().notNull(),
  nameKey: text('name_key'),
  scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
  secretHash: text('secret_hash').notNull().unique(),
  expire: integer('expire'),
  accessedAt: integer('accessed_at'),
  /** Names of the SDKs that used the key. */
  sdks: text('sdks', { mode: 'json' }).$type<string[]>().notNull().default([]),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});
