import { beforeAll, describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { expectError, expectInvalid } from '../support/expect';

const PEOPLE = [
  { userId: 'ada', name: 'Ada Lovelace', email: 'ada@math.example', phone: '+441234567890' },
  { userId: 'bob', name: 'Bob "The Builder" 100%', email: 'bob@build.example' },
  { userId: 'cleo', name: 'Cleo NEAR * - OR', email: 'cleo@nile.example', phone: '+201234567891' },
  { userId: 'dan', name: 'Dan 👩‍🚀 Ünal', email: 'dan@space.example' },
  { userId: 'eve', name: 'Eve', email: 'eve@math.example' },
];

beforeAll(async () => {
  for (const body of PEOPLE) await api('POST /users', { body });
});

/** IDs of a list that is asked for in today's way, and in 0.15's. */
async function ids(query: Readonly<Record<string, string>>): Promise<string[]> {
  const path = `GET /users?${new URLSearchParams(query)}`;
  const [modern, classic] = [await api(path), await api(path, { headers: CLASSIC })];
  const read = (users: { $id: string }[]) => users.map(({ $id }) => $id);
  expect(read(classic.body.users)).toEqual(read(modern.body.users));
  return read(modern.body.users);
}

const json = (method: string, attribute?: string, values?: unknown[]) =>
  JSON.stringify({ method, attribute, values });

describe('A list of users', () => {
  test('is in order of creation, with its total', async () => {
    expect(await ids({})).toEqual(['ada', 'bob', 'cleo', 'dan', 'eve']);
    expect((await api('GET /users')).body.total).toBe(5);
  });

  test.each([
    [{ limit: '2' }, ['ada', 'bob']],
    [{ limit: '2', offset: '3' }, ['dan', 'eve']],
    [{ orderType: 'DESC', limit: '2' }, ['eve', 'dan']],
    [{ cursor: 'bob' }, ['cleo', 'dan', 'eve']],
    [{ cursor: 'bob', limit: '1' }, ['cleo']],
    [{ cursor: 'dan', cursorDirection: 'before', limit: '2' }, ['bob', 'cleo']],
    [{ cursor: 'dan', cursorDirection: 'BEFORE' }, ['ada', 'bob', 'cleo']],
    [{ cursor: 'cleo', orderType: 'DESC' }, ['bob', 'ada']],
    [{ cursor: 'bob', orderType: 'DESC', cursorDirection: 'before', limit: '2' }, ['dan', 'cleo']],
    [{ cursor: 'ada', offset: '1', limit: '2' }, ['cleo', 'dan']],
    [{ cursor: 'ada', cursorDirection: 'before' }, []],
  ])('is paged by %j', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  test('may be empty on purpose, and still tells its total', async () => {
    expect((await api('GET /users?limit=0')).body).toEqual({ total: 5, users: [] });
  });

  test('does not count where the caller does not ask', async () => {
    expect((await api('GET /users?total=false&limit=1')).body.total).toBe(0);
    expect((await api('GET /users?total=0&limit=1')).body.total).toBe(0);
  });

  test('refuses a cursor that is nobody', async () => {
    const message = "User 'nobody' for the 'cursor' value not found.";
    expectError(await api('GET /users?cursor=nobody'), 'general_cursor_not_found', { message });
  });

  test.each([
    ['limit=101', 'limit', 'Value must be a valid range between 0 and 100'],
    ['limit=-1', 'limit', 'Value must be a valid range between 0 and 100'],
    ['orderType=asc', 'orderType', 'Value must be one of (ASC, DESC)'],
    ['cursorDirection=up', 'cursorDirection', 'Value must be one of (after, before)'],
    ['total=maybe', 'total', 'Value must be a valid boolean'],
  ])('refuses %s', async (query, name, rule) => {
    expectInvalid(await api(`GET /users?${query}`), name, rule);
  });
});

describe('A search', () => {
  test.each([
    ['lovelace', ['ada']],
    ['LOVE', ['ada']],
    ['math.example', ['ada', 'eve']],
    ['ADA@', ['ada']],
    ['123456789', ['ada', 'cleo']],
    ['+20', ['cleo']],
    ['leo', ['cleo']],
    ['"The Builder"', ['bob']],
    ['"lovelace"', ['ada']],
    ['e "T', []],
    ['b "T', ['bob']],
    ['100%', ['bob']],
    ['%', []],
    ['00%', ['bob']],
    ['NEAR * -', ['cleo']],
    ['*', ['cleo']],
    ['-', ['cleo']],
    ['"', ['bob']],
    ['👩‍🚀', ['dan']],
    ['ünal', ['dan']],
    ['ÜN', ['dan']],
    ['UNA', ['dan']],
    ['U\u0308nal', ['dan']],
    ['l', ['ada']],
    ['lo', ['ada']],
    ['ov', []],
    ['ev', ['eve']],
    ['z', []],
    ['Ada Love', ['ada']],
    ['Love Ada', []],
    ['a AND b', []],
    ['name:ada', []],
    ["'; DROP TABLE users; --", []],
    ['   ', ['ada', 'bob', 'cleo', 'dan', 'eve']],
  ])('for %j finds %j', async (search, expected) => {
    expect(await ids({ search })).toEqual(expected);
    expect((await api(`GET /users?${new URLSearchParams({ search })}`)).body.total).toBe(expected.length);
  });

  test('takes 256 characters, and no more', async () => {
    expect(await ids({ search: '🚀'.repeat(256) })).toEqual([]);
    const answer = await api(`GET /users?search=${'x'.repeat(257)}`);
    expectInvalid(answer, 'search', 'Value must be a valid string and no longer than 256 chars');
  });

  test('goes with pages and cursors', async () => {
    expect(await ids({ search: 'example', limit: '2', cursor: 'bob' })).toEqual(['cleo', 'dan']);
    expect(await ids({ search: 'example', limit: '2', cursor: 'dan', cursorDirection: 'before' })).toEqual([
      'bob',
      'cleo',
    ]);
    expect(await ids({ search: 'example', orderType: 'DESC', limit: '1' })).toEqual(['eve']);
  });

  test('follows changes and deletions', async () => {
    await api('POST /users', { body: { userId: 'temp', name: 'Quokka' } });
    expect(await ids({ search: 'quokka' })).toEqual(['temp']);
    await api('PATCH /users/temp/name', { body: { name: 'Wombat' } });
    expect([await ids({ search: 'quokka' }), await ids({ search: 'wombat' })]).toEqual([[], ['temp']]);
    await api('DELETE /users/temp');
    expect(await ids({ search: 'wombat' })).toEqual([]);
  });
});

describe('Queries', () => {
  test.each([
    ['queries[]', json('equal', 'email', ['eve@math.example']), ['eve']],
    ['queries[0]', json('startsWith', 'name', ['Bob']), ['bob']],
    ['queries', json('isNull', 'phone'), ['bob', 'dan', 'eve']],
    ['queries[]', 'equal("name", ["Eve"])', ['eve']],
    ['queries[]', json('orderDesc', 'name'), ['eve', 'dan', 'cleo', 'bob', 'ada']],
    ['queries[]', json('search', 'name', ['love']), ['ada']],
    ['queries[]', json('limit', undefined, [1]), ['ada']],
  ])('%s=%s', async (name, query, expected) => {
    expect(await ids({ [name]: query })).toEqual(expected);
  });

  test('that select keep those fields and the ID', async () => {
    const query = new URLSearchParams({ 'queries[]': json('select', undefined, ['name']), limit: '1' });
    const answer = await api(`GET /users?${query}`);
    expect(answer.body.users).toEqual([{ $id: 'ada', name: 'Ada Lovelace' }]);
  });

  test('that make no sense are named', async () => {
    const query = new URLSearchParams({ 'queries[]': json('equal', 'nonsense', ['x']) });
    const message =
      'Invalid `queries` param: Invalid query: Attribute not found in schema: nonsense (queries[0]: equal("nonsense"))';
    expectError(await api(`GET /users?${query}`), 'general_argument_invalid', { message });
  });
});
