import { beforeAll, describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { expectAnswer, expectError, expectInvalid } from '../support/expect';
import { newMembership, newUser } from '../support/given';

const TEAMS = [
  { teamId: 'analysts', name: 'Analysts' },
  { teamId: 'builders', name: 'Builders & Makers' },
  { teamId: 'chess', name: 'Chess Club' },
  { teamId: 'drones', name: 'Drönes 🚁' },
  { teamId: 'empty', name: 'Analysts' },
];

beforeAll(async () => {
  for (const body of TEAMS) await api('POST /teams', { body });
  const members = [await newUser(), await newUser(), await newUser()];
  for (const user of members) await newMembership('chess', user);
  for (const user of members.slice(1)) await newMembership('builders', user);
});

interface Item {
  $id: string;
}

/** IDs of a list that is asked for in today's way, and in 0.15's. */
async function ids(query: Readonly<Record<string, string>>): Promise<string[]> {
  const path = `GET /teams?${new URLSearchParams(query)}`;
  const [modern, classic] = [await api(path), await api(path, { headers: CLASSIC })];
  const read = (teams: Item[]) => teams.map(({ $id }) => $id);
  expect(read(classic.body.teams)).toEqual(read(modern.body.teams));
  return read(modern.body.teams);
}

const json = (method: string, attribute?: string, values?: unknown[]) =>
  JSON.stringify({ method, attribute, values });

describe('A list of teams', () => {
  test("is in order of creation, with its total and each one's", async () => {
    expect(await ids({})).toEqual(['analysts', 'builders', 'chess', 'drones', 'empty']);
    const { body } = await api('GET /teams');
    expect(body.total).toBe(5);
    expect(body.teams.map(({ total }: { total: number }) => total)).toEqual([0, 2, 3, 0, 0]);
  });

  test.each([
    [{ limit: '2' }, ['analysts', 'builders']],
    [{ limit: '2', offset: '3' }, ['drones', 'empty']],
    [{ orderType: 'DESC', limit: '2' }, ['empty', 'drones']],
    [{ cursor: 'builders' }, ['chess', 'drones', 'empty']],
    [{ cursor: 'chess', cursorDirection: 'before', limit: '1' }, ['builders']],
    [{ search: 'LYST' }, ['analysts', 'empty']],
    [{ search: '& mak' }, ['builders']],
    [{ search: 'drö' }, ['drones']],
    [{ search: 'ess' }, ['chess']],
    [{ search: 'b' }, ['builders']],
    [{ search: 'c' }, ['chess']],
    [{ search: 'dro' }, ['drones']],
    [{ search: 'dro\u0308' }, ['drones']],
    [{ search: 'nobody' }, []],
    [{ search: 'lyst', cursor: 'analysts' }, ['empty']],
    [{ 'queries[]': json('equal', 'name', ['Analysts']) }, ['analysts', 'empty']],
    [{ 'queries[]': json('search', 'name', ['club']) }, ['chess']],
    [{ 'queries[]': json('greaterThanEqual', 'total', [2]) }, ['builders', 'chess']],
    [{ 'queries[]': json('orderDesc', 'total') }, ['chess', 'builders', 'empty', 'drones', 'analysts']],
    [{ 'queries[]': json('orderAsc', 'name') }, ['analysts', 'empty', 'builders', 'chess', 'drones']],
    [{ 'queries[]': json('startsWith', '$id', ['d']) }, ['drones']],
  ])('asked for with %j has %j', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  test('counts what a search or filter finds, and nothing when asked not to', async () => {
    expect((await api('GET /teams?search=lyst&limit=1')).body.total).toBe(2);
    expect((await api('GET /teams?total=false')).body.total).toBe(0);
    expectAnswer(await api('GET /teams?limit=0'), 200, { total: 5, teams: [] });
  });

  test('has only the fields that are selected', async () => {
    const { body } = await api(
      `GET /teams?${new URLSearchParams({ 'queries[]': '{"method":"select","values":["name"]}' })}&limit=1`,
    );
    expect(body.teams).toEqual([{ $id: 'analysts', name: 'Analysts' }]);
  });

  test('refuses what it can not answer', async () => {
    expectError(await api('GET /teams?cursor=nothing'), 'general_cursor_not_found', {
      message: "Team 'nothing' for the 'cursor' value not found.",
    });
    expectError(await api('GET /teams?queries[]=equal("prefs",["x"])'), 'general_argument_invalid', {
      message: /Attribute not found in schema: prefs/,
    });
    expectInvalid(
      await api('GET /teams?limit=101'),
      'limit',
      'Value must be a valid range between 0 and 100',
    );
  });

  test('forgets a team that is deleted, and finds one by its new name', async () => {
    await api('POST /teams', { body: { teamId: 'passing', name: 'Passing' } });
    await api('PUT /teams/passing', { body: { name: 'Ephemera' } });
    expect(await ids({ search: 'ephem' })).toEqual(['passing']);
    expect((await api('GET /teams?limit=0')).body.total).toBe(6);
    await api('DELETE /teams/passing');
    expect(await ids({ search: 'ephem' })).toEqual([]);
    expect((await api('GET /teams?limit=0')).body.total).toBe(5);
  });
});
