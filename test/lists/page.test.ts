import { sql } from 'drizzle-orm';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiError } from '../../src/http/errors';
import {
  cursorAfter,
  cursorBefore,
  limit,
  listSource,
  offset,
  orderAsc,
  orderDesc,
  page,
  parseQueries,
} from '../../src/lists';
import { createThings, db, fields, fill, run, thing, things, thingsList } from './fixture';

beforeAll(createThings);

beforeEach(async () => {
  await fill(
    'abcdefgh'.split('').map((id, index) => thing(id.toUpperCase(), { id, owner: (index % 2) + 1 })),
  );
});

const ids = async (...args: Parameters<typeof run>) => (await run(...args)).rows.map(({ id }) => id).join('');

/** What the request is refused with. */
async function refusal(...args: Parameters<typeof run>): Promise<ApiError> {
  try {
    await run(...args);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('The request was accepted');
}

describe('a page', () => {
  test('has the default limit, and starts at the first row', async () => {
    expect(await ids({ defaultLimit: 3 })).toBe('abc');
  });

  test('may be empty', async () => {
    expect(await run({ queries: [limit(0)] })).toEqual({ rows: [], total: 123456 });
  });

  test('follows the order that the list has by default', async () => {
    const newestFirst = { ...thingsList, defaultOrder: 'desc' } as const;
    expect(await ids({ queries: [limit(3)] }, newestFirst)).toBe('hgf');
    expect(await ids({ queries: [limit(3), cursorAfter('d')] }, newestFirst)).toBe('cba');
    expect(await ids({ queries: [limit(2), cursorBefore('d')] }, newestFirst)).toBe('fe');
  });

  test('just before a cursor comes in list order', async () => {
    expect(await ids({ queries: [limit(2), cursorBefore('e')] })).toBe('cd');
    expect(await ids({ queries: [limit(2), cursorBefore('e'), orderDesc()] })).toBe('gf');
    expect(await ids({ queries: [limit(2), cursorBefore('e'), orderDesc('name')] })).toBe('gf');
  });

  test('skips the offset from the cursor', async () => {
    expect(await ids({ queries: [limit(2), offset(1), cursorAfter('b')] })).toBe('de');
    expect(await ids({ queries: [limit(2), offset(1), cursorBefore('g')] })).toBe('de');
    expect(await ids({ queries: [offset(6)] })).toBe('gh');
    expect(await ids({ queries: [offset(Number.MAX_SAFE_INTEGER)] })).toBe('');
  });

  test('takes the first of several limits, offsets and cursors', async () => {
    const queries = [
      limit(2),
      limit(5),
      offset(1),
      offset(3),
      cursorAfter('a'),
      cursorBefore('h'),
      cursorAfter('d'),
    ];
    expect(await ids({ queries })).toBe('cd');
  });

  test('in random order has every row once, in an order that changes', async () => {
    const queries = parseQueries(['{"method":"orderRandom"}']);
    const seen = await Promise.all(Array.from({ length: 8 }, () => ids({ queries })));
    for (const order of seen) expect([...order].sort().join('')).toBe('abcdefgh');
    expect(new Set(seen).size).toBeGreaterThan(1);
  });

  test('of a part of a table holds that part, counts it, and knows no cursor from elsewhere', async () => {
    const { uncountedTotal: _, ...counted } = thingsList;
    const part = { ...counted, where: sql`${things.owner} = 2` };
    expect(await run({ queries: [cursorAfter('b'), limit(2)] }, part)).toMatchObject({
      rows: [{ id: 'd' }, { id: 'f' }],
      total: 4,
    });
    expect(await refusal({ queries: [cursorAfter('a')] }, part)).toMatchObject({
      type: 'general_cursor_not_found',
    });
  });

  test('can be selected from, filtered and searched by joined tables', async () => {
    const owners = sqliteTable('owners', { name: text('name').notNull(), number: text('number').notNull() });
    await db.run(sql`CREATE TABLE IF NOT EXISTS owners (number TEXT PRIMARY KEY, name TEXT NOT NULL)`);
    await db.run(sql`INSERT OR REPLACE INTO owners VALUES ('1', 'Ada'), ('2', 'Bo')`);
    const columns = { id: things.id, owner: sql<string>`${owners.name}`.as('owner_name') };
    const joined = listSource({
      columns,
      select: (on, chosen = columns) =>
        on.select(chosen).from(things).innerJoin(owners, sql`${owners.number} = ${things.owner}`).$dynamic(),
      from: sql`${things} JOIN ${owners} ON ${owners.number} = ${things.owner}`,
      seq: things.seq,
      id: things.id,
      noun: 'Thing',
      attributes: {
        name: { column: things.name, type: 'string' },
        owner: { column: owners.name, type: 'string' },
      },
      search: (term) => sql`instr(lower(${owners.name}), lower(${term})) > 0`,
      defaultOrder: 'asc',
    });
    const of = async (search: string, ...queries: string[]) => {
      const request = { search, queries: parseQueries(queries), total: true, defaultLimit: 3, maxLimit: 3 };
      const list = page(db, joined, request);
      const { rows, total } = list.read(await db.batch(list.statements));
      return [rows.map((row) => row.id + row.owner).join(' '), total];
    };
    expect(await of('')).toEqual(['aAda bBo cAda', 8]);
    expect(await of('', 'equal("owner", ["Bo"])')).toEqual(['bBo dBo fBo', 4]);
    expect(await of('', 'orderDesc("owner")', 'cursorAfter("d")')).toEqual(['bBo gAda eAda', 8]);
    expect(await of('', 'orderDesc("name")', 'cursorAfter("d")')).toEqual(['cAda bBo aAda', 8]);
    expect(await of('AD')).toEqual(['aAda cAda eAda', 4]);
  });

  test('shares its batch with other statements', async () => {
    const request = { queries: [limit(1)], total: true, defaultLimit: 3, maxLimit: 3 };
    const list = page(db, thingsList, request);
    const [other, ...results] = await db.batch([
      db.select({ id: things.id }).from(things).limit(2),
      ...list.statements,
    ]);
    expect(other).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(list.read(results).rows.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('the total', () => {
  test('is that of the whole list, from the counter, whatever the page', async () => {
    expect((await run({ queries: [limit(1), offset(3), cursorAfter('a'), orderDesc('name')] })).total).toBe(
      123456,
    );
  });

  test('counts what filters and search leave', async () => {
    expect((await run({ queries: [limit(1), ...parseQueries(['lessThan("name", "D")'])] })).total).toBe(3);
    expect((await run({ queries: [limit(1)], search: 'b' })).total).toBe(1);
  });

  test('is 0 and not counted when it is not wanted', async () => {
    expect((await run({ total: false })).total).toBe(0);
    expect((await run({ total: false, queries: parseQueries(['lessThan("name", "D")']) })).total).toBe(0);
  });

  test('stops counting at 5,000', async () => {
    await db.run(sql`INSERT INTO things (id, owner, name, name_key, flag, created_at)
      SELECT 'n' || value, 1, 'fox', 'fox', 1, 0 FROM json_each(${JSON.stringify([...Array(5001).keys()])})`);
    const { uncountedTotal: _, ...counted } = thingsList;
    expect((await run({}, counted)).total).toBe(5000);
    expect((await run({ search: 'fox' })).total).toBe(5000);
    expect((await run({ queries: parseQueries(['equal("name", ["fox"])']) })).total).toBe(5000);
  });
});

describe('a select query', () => {
  const telling = { ...thingsList, fields };
  const selected = (...queries: string[]) =>
    page(db, telling, { queries: parseQueries(queries), total: true, defaultLimit: 3, maxLimit: 3 }).select;

  test('is handed on, several as one', () => {
    expect(selected()).toBeUndefined();
    expect(selected('select(["name", "$id"])', 'select(["called"])')).toEqual(['name', '$id', 'called']);
    expect(selected('select(["*"])')).toEqual(['*']);
  });

  test('reads the columns alone that its fields are told from, and of the rest nothing', async () => {
    await fill([thing('A', { id: 'a', nick: 'Al', mail: 'a@x', score: 3, tags: ['t'] })]);
    const unread = { seq: 0, nameKey: '', nickKey: null };
    const empty = { ...thing(''), ...unread, id: 'a', owner: 0, flag: false, mail: null };
    const read = async (...queries: string[]) => {
      const request = { queries: parseQueries(queries), total: true, defaultLimit: 3, maxLimit: 3 };
      const { statements, read } = page(db, telling, request);
      return [read(await db.batch(statements)).rows, statements[0].toSQL().sql] as const;
    };
    const [named, statement] = await read('select(["name"])');
    expect(named).toEqual([{ ...empty, name: 'A' }]);
    expect(statement).not.toMatch(/(?<!as )"(tags|nick|mail|score|seen_at)"/);
    expect((await read('select(["called", "always"])'))[0]).toEqual([{ ...empty, name: 'A', nick: 'Al' }]);
    expect((await read('select(["tags"])', 'select(["name"])'))[0]).toEqual([
      { ...empty, name: 'A', tags: ['t'] },
    ]);
    const all = { ...empty, name: 'A', nick: 'Al', tags: ['t'] };
    expect((await read('select(["*"])'))[0]).toEqual([all]);
    expect((await read())[0]).toEqual([all]);
  });

  test('reads no field that the dialect does not have', async () => {
    const request = {
      queries: parseQueries(['select(["name", "tags"])']),
      total: true,
      defaultLimit: 3,
      maxLimit: 3,
    };
    const { statements, read } = page(db, { ...telling, told: ['$id', 'name'] }, request);
    expect(read(await db.batch(statements)).rows[0]).toMatchObject({ id: 'a', name: 'A', tags: null });
  });

  test('of a field that there is not is refused', () => {
    expect(() => selected('select(["name", "nope"])')).toThrow(
      'Invalid `queries` param: Invalid query: Attribute not found in schema: nope (queries[0]: select)',
    );
  });
});

describe('refuses', () => {
  test.each([
    ['equal("nope", [1])', 'equal("nope")', 'Attribute not found in schema: nope'],
    ['equal("__proto__", [1])', 'equal("__proto__")', 'Attribute not found in schema: __proto__'],
    ['equal("constructor", [1])', 'equal("constructor")', 'Attribute not found in schema: constructor'],
    ['orderAsc("nope")', 'orderAsc("nope")', 'Attribute not found in schema: nope'],
    ['orderDesc("toString")', 'orderDesc("toString")', 'Attribute not found in schema: toString'],
    ['limit(5001)', 'limit', 'Invalid limit: Value must be a valid range between 0 and 5,000'],
    ['limit(-1)', 'limit', 'Invalid limit: Value must be a valid range between 0 and 5,000'],
    ['limit(1.5)', 'limit', 'Invalid limit: Value must be a valid range between 0 and 5,000'],
    [
      'offset(-1)',
      'offset',
      'Invalid offset: Value must be a valid range between 0 and 9,007,199,254,740,991',
    ],
    [
      'equal("name", [1])',
      'equal("name")',
      'Query value is invalid for attribute "name", which takes a string.',
    ],
    [
      'equal("flag", [1])',
      'equal("flag")',
      'Query value is invalid for attribute "flag", which takes true or false.',
    ],
    [
      'equal("flag", ["true"])',
      'equal("flag")',
      'Query value is invalid for attribute "flag", which takes true or false.',
    ],
    [
      'equal("score", [1.5])',
      'equal("score")',
      'Query value is invalid for attribute "score", which takes an integer.',
    ],
    [
      'equal("score", ["x"])',
      'equal("score")',
      'Query value is invalid for attribute "score", which takes an integer.',
    ],
    [
      'equal("seenAt", ["yesterday"])',
      'equal("seenAt")',
      'Query value is invalid for attribute "seenAt", which takes an ISO 8601 date or an integer, Unix time in seconds.',
    ],
    [
      'equal("tags", ["a"])',
      'equal("tags")',
      'Cannot query equal on attribute "tags" because it is an array.',
    ],
    [
      'search("tags", ["a"])',
      'search("tags")',
      'Cannot query search on attribute "tags" because it is an array.',
    ],
    [
      'contains("tags", [1])',
      'contains("tags")',
      'Query value is invalid for attribute "tags", which takes strings.',
    ],
    [
      'contains("score", [1])',
      'contains("score")',
      'Cannot query contains on attribute "score" because it is not an array, string, or object.',
    ],
    [
      'startsWith("flag", true)',
      'startsWith("flag")',
      'Cannot query startsWith on attribute "flag" because it is not a string.',
    ],
    ['search("mail", "a")', 'search("mail")', 'Searching by attribute "mail" requires a fulltext index.'],
    [
      '{"method":"or","values":[{"method":"isNull","attribute":"nick"},{"method":"isNull","attribute":"nope"}]}',
      'or',
      'Attribute not found in schema: nope',
    ],
  ])('%s', async (query, label, reason) => {
    const queries = [limit(1), ...parseQueries([query])].reverse();
    const error = await refusal({ queries });
    expect(error.type).toBe('general_argument_invalid');
    expect(error.message).toBe(`Invalid \`queries\` param: Invalid query: ${reason} (queries[0]: ${label})`);
  });

  test('a cursor that names no row, in the words of Appwrite', async () => {
    for (const queries of [[cursorAfter('nope')], [cursorBefore('nope'), orderAsc('nick')]]) {
      const error = await refusal({ queries });
      expect(error.type).toBe('general_cursor_not_found');
      expect(error.message).toBe("Thing 'nope' for the 'cursor' value not found.");
    }
    expect((await refusal({ queries: [cursorAfter('nope')], search: 'a' })).type).toBe(
      'general_cursor_not_found',
    );
    expect((await refusal({ queries: [cursorAfter('a\0\ud800')] })).type).toBe('general_cursor_not_found');
  });

  test('a cursor that is no ID at all, in a message that is short and well-formed', async () => {
    const { message } = await refusal({ queries: [cursorAfter(`\ud800${'x'.repeat(4000)}`)] });
    expect(message).toBe(`Thing '\ufffd${'x'.repeat(63)}…' for the 'cursor' value not found.`);
  });

  test('a cursor in a random order, naming the order', async () => {
    const { message } = await refusal({
      queries: [cursorAfter('a'), ...parseQueries(['{"method":"orderRandom"}'])],
    });
    expect(message).toBe(
      "Invalid `queries` param: Invalid query: A random order can't be combined with a cursor. (queries[1]: orderRandom)",
    );
  });

  test('a cursor where rows have no ID', async () => {
    const { id: _, ...anonymous } = thingsList;
    const { message } = await refusal({ queries: [cursorAfter('a')] }, anonymous);
    expect(message).toBe(
      'Invalid `queries` param: Invalid query: This list has no cursor. Use limit and offset. (queries[0]: cursorAfter)',
    );
  });
});

describe('a date in a query', () => {
  const noon = Date.UTC(2024, 1, 29, 12);

  test.each<[string | number]>([
    ['2024-02-29T12:00:00.000+00:00'],
    ['2024-02-29T12:00:00Z'],
    ['2024-02-29T12:00:00.000000Z'],
    ['2024-02-29 12:00:00'],
    ['2024-02-29T12:00'],
    ['2024-02-29T14:00:00+02:00'],
    ['2024-02-29T06:30:00.000-0530'],
    [noon / 1000],
  ])('%s is a moment', async (value) => {
    await fill([thing('noon', { createdAt: noon }), thing('later', { createdAt: noon + 1 })]);
    const { rows } = await run({ queries: [{ method: 'equal', attribute: '$createdAt', values: [value] }] });
    expect(rows.map(({ name }) => name)).toEqual(['noon']);
  });

  test.each<[string | number | boolean]>([
    ['2023-02-29'],
    ['2024-13-01'],
    ['2024-02-29T24:00:00Z'],
    ['2024-02-29T12:60:00Z'],
    ['2024-02-29T12:00:00+25:00'],
    ['12:00'],
    [''],
    ['1709208000'],
    [1.5],
    [1e15],
    [true],
  ])('%s is none', async (value) => {
    const { type } = await refusal({
      queries: [{ method: 'equal', attribute: '$createdAt', values: [value] }],
    });
    expect(type).toBe('general_argument_invalid');
  });

  test('without a time is midnight UTC, and years start at 0000', async () => {
    await fill([thing('midnight', { createdAt: Date.UTC(2024, 1, 29) })]);
    const queries = parseQueries([
      'between("$createdAt", "2024-02-29", "2024-02-29")',
      'greaterThan("$createdAt", "0000-01-01")',
    ]);
    expect((await run({ queries })).rows).toHaveLength(1);
  });
});
