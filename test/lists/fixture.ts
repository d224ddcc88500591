import { env } from 'cloudflare:test';
import { getTableColumns, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
  type Attributes,
  type Fields,
  type ListRequest,
  listSource,
  page,
  trigramSearch,
} from '../../src/lists';
import { foldText } from '../../src/text/fold';

/** A table of the tests' own: the lists know nothing of users, and it has every kind of attribute there is. */
export const things = sqliteTable(
  'things',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    owner: integer('owner').notNull(),
    name: text('name').notNull(),
    nameKey: text('name_key').notNull(),
    nick: text('nick'),
    nickKey: text('nick_key'),
    mail: text('mail'),
    flag: integer('flag', { mode: 'boolean' }).notNull(),
    score: integer('score'),
    seenAt: integer('seen_at'),
    createdAt: integer('created_at').notNull(),
    tags: text('tags', { mode: 'json' }).$type<string[]>(),
  },
  (table) => [index('things_by_name').on(table.nameKey), index('things_by_nick').on(table.nick)],
);

export type Thing = typeof things.$inferSelect;

/** A row before it is written; what it is found by follows from the rest. */
type NewThing = Omit<Thing, 'seq' | 'nameKey' | 'nickKey'>;

export const thingsIndex = { table: 'things_search', columns: ['name', 'nick'] } as const;

export const attributes: Attributes = {
  $id: { column: things.id, type: 'string' },
  $sequence: { column: things.seq, type: 'integer' },
  name: {
    column: things.nameKey,
    type: 'string',
    folded: true,
    search: trigramSearch(thingsIndex, 'name', things.seq),
  },
  nick: { column: things.nick, type: 'string', search: trigramSearch(thingsIndex, 'nick', things.seq) },
  mail: { column: things.mail, type: 'string', lowerCase: true },
  flag: { column: things.flag, type: 'boolean' },
  score: { column: things.score, type: 'integer' },
  seenAt: { column: things.seenAt, type: 'datetime' },
  $createdAt: { column: things.createdAt, type: 'datetime' },
  tags: { column: things.tags, type: 'array' },
  nickOrName: { column: sql`coalesce(${things.nick}, ${things.name})`, type: 'string', nullable: false },
};

const columns = getTableColumns(things);

/** What an answer might tell of a thing: two fields of one column, one of two, one of none. */
export const fields: Fields<typeof columns> = {
  $id: ['id'],
  name: ['name'],
  called: ['name', 'nick'],
  tags: ['tags'],
  always: [],
};

export const thingsList = listSource({
  columns,
  select: (db, chosen = columns) => db.select(chosen).from(things).$dynamic(),
  from: things,
  seq: things.seq,
  id: things.id,
  noun: 'Thing',
  attributes,
  search: thingsIndex,
  uncountedTotal: sql`(SELECT 123456)`,
  defaultOrder: 'asc',
});

export const db = drizzle(env.DB);

/** As the views of migrations/0006 mark a text. */
function marked(column: string, marks: number): string {
  const separators = [
    ' ',
    '\u3000',
    '.',
    ',',
    '-',
    '_',
    "''",
    '\u2019',
    '@',
    '+',
    ':',
    '/',
    '(',
    '"',
    '\u30fb',
  ];
  const inner = separators.reduce((text, one) => `replace(${text}, '${one}', '${one}' || x'1f1f')`, column);
  return `x'${'1f'.repeat(marks)}' || ${inner}`;
}

const schema = [
  `CREATE TABLE things (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, owner INTEGER NOT NULL,
   name TEXT NOT NULL, name_key TEXT NOT NULL, nick TEXT, nick_key TEXT, mail TEXT, flag INTEGER NOT NULL, score INTEGER, seen_at INTEGER,
   created_at INTEGER NOT NULL, tags TEXT)`,
  'CREATE INDEX things_by_name ON things (name_key)',
  'CREATE INDEX things_by_nick ON things (nick)',
  'CREATE INDEX things_by_owner ON things (owner, seq)',
  `CREATE VIRTUAL TABLE things_search USING fts5(
   name, nick, detail = column, columnsize = 0, tokenize = 'trigram case_sensitive 1')`,
  `CREATE TRIGGER things_inserted AFTER INSERT ON things BEGIN
   INSERT INTO things_search (rowid, name, nick)
   VALUES (new.seq, ${marked('new.name_key', 3)}, coalesce(${marked('new.nick_key', 2)}, ''));
   END`,
  `CREATE TRIGGER things_deleted AFTER DELETE ON things BEGIN
   DELETE FROM things_search WHERE rowid = old.seq;
   END`,
];

/** Those of an earlier file go first: files share their database. */
const drop = ['things_search_terms', 'things_search', 'things'].map((name) => `DROP TABLE IF EXISTS ${name}`);

export async function createThings(): Promise<void> {
  await env.DB.batch([...drop, ...schema].map((statement) => env.DB.prepare(statement)));
}

/** Replaces all the rows; their sequence follows the order of the array. */
export async function fill(rows: readonly NewThing[]): Promise<Thing[]> {
  const first = things.seq;
  await db.delete(things);
  if (rows.length === 0) return [];
  const insert = rows.map((row) => {
    const keys = { nameKey: foldText(row.name), nickKey: row.nick === null ? null : foldText(row.nick) };
    return db.insert(things).values({ ...row, ...keys });
  });
  const [head, ...rest] = insert;
  if (head) await db.batch([head, ...rest]);
  return db.select().from(things).orderBy(first);
}

/** A row for `fill` that has nothing but a name. */
export function thing(name: string, more: Partial<NewThing> = {}) {
  const row = {
    owner: 1,
    nick: null,
    mail: null,
    flag: true,
    score: null,
    seenAt: null,
    createdAt: 0,
    tags: null,
  };
  return { ...row, id: crypto.randomUUID(), name, ...more };
}

/** Runs one page as an endpoint would. */
export async function run(request: Partial<ListRequest>, source = thingsList) {
  const list = page(db, source, { queries: [], total: true, defaultLimit: 25, maxLimit: 5000, ...request });
  return list.read(await db.batch(list.statements));
}

function statementsOf(request: Partial<ListRequest>, source = thingsList) {
  const list = page(db, source, { queries: [], total: true, defaultLimit: 25, maxLimit: 5000, ...request });
  return list.statements.map((statement) => statement.toSQL());
}

/** How SQLite says it would run the page, and the facts. */
export async function plans(request: Partial<ListRequest>, source = thingsList): Promise<string[]> {
  const explained = statementsOf(request, source).map(({ sql: text, params }) =>
    env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`).bind(...params),
  );
  const results = await env.DB.batch<{ detail: string }>(explained);
  return results.map(({ results: rows }) => rows.map(({ detail }) => detail).join('\n'));
}

/** Rows that the page, and the facts, read: what D1 bills. */
export async function rowsRead(request: Partial<ListRequest>, source = thingsList): Promise<number[]> {
  const results = await env.DB.batch(
    statementsOf(request, source).map(({ sql: text, params }) => env.DB.prepare(text).bind(...params)),
  );
  return results.map(({ meta }) => meta.rows_read);
}
