import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import * as schema from '../../src/db/schema';
import { rows } from '../support/rows';

const tables = Object.values(schema).filter((table) => table instanceof SQLiteTable);

describe.each(tables.map((table) => [getTableConfig(table).name, getTableConfig(table)] as const))(
  'The migrations make the table %s as the schema has it',
  (name, { columns, indexes }) => {
    test('with its columns', async () => {
      const made = await rows('SELECT name, type, "notnull" AS required FROM pragma_table_info(?)', name);
      const declared = columns.map((column) => ({
        name: column.name,
        type: column.getSQLType().toUpperCase(),
        required: Number(column.notNull),
      }));
      const texts = (list: readonly object[]) => list.map((column) => JSON.stringify(column)).sort();
      const upper = made.map(({ name, type, required }) => ({
        name,
        type: String(type).toUpperCase(),
        required,
      }));
      expect(texts(upper)).toEqual(texts(declared));
    });

    test('with its indexes', async () => {
      const made = await rows(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name",
        name,
      );
      const unique = columns.filter((column) => column.isUnique).map((column) => column.uniqueName);
      const declared = [...indexes.map(({ config }) => config.name), ...unique].sort();
      expect(made.map((index) => index.name)).toEqual(declared);
    });
  },
);
