import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import worker from '../../src/index';
import { api, requestOf } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError, expectInvalid } from '../support/expect';
import { newMembership, newTeam, newUser } from '../support/given';
import { LATER } from '../support/models';
import { recordingD1 } from '../support/recordingD1';
import { activityOf, everything, rows, totalsOf } from '../support/rows';

stopClock();

interface Item {
  $id: string;
}

const idsOf = ({ memberships }: { memberships: Item[] }) => memberships.map(({ $id }) => $id);

describe("A team's memberships", () => {
  test('are listed in order, with invitations, searched, filtered and paged', async () => {
    const team = await newTeam();
    const users: string[] = [];
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      users.push(await newUser({ name: `Member ${i}` }));
      const more = { roles: [i % 2 ? 'odd' : 'even'], confirm: i !== 4 };
      ids.push(await newMembership(team, users[i] ?? '', more));
    }
    await newMembership(await newTeam(), users[0] ?? '');
    const list = async (query: string) => {
      const { body } = await api(`GET /teams/${team}/memberships?${query}`);
      return [body.total, idsOf(body)];
    };
    expect(await list('')).toEqual([5, ids]);
    expect(await list('limit=2&offset=1')).toEqual([5, ids.slice(1, 3)]);
    expect(await list(`cursor=${ids[2]}`)).toEqual([5, ids.slice(3)]);
    expect(await list(`cursor=${ids[2]}&cursorDirection=before&limit=1`)).toEqual([5, [ids[1]]]);
    expect(await list('orderType=DESC')).toEqual([5, [...ids].reverse()]);
    expect(await list('queries[]=equal("confirm",[false])')).toEqual([1, ids.slice(4)]);
    expect(await list('queries[]=contains("roles",["odd"])')).toEqual([2, [ids[1], ids[3]]]);
    expect(await list(`queries[]=equal("userId",["${users[3]}"])`)).toEqual([1, [ids[3]]]);
    expect(await list(`search=${users[3]}`)).toEqual([1, [ids[3]]]);
    expect(await list(`search=${ids[3]}&total=false`)).toEqual([0, [ids[3]]]);
    expect(await totalsOf(team)).toEqual({ total: 4, counted: 4 });
  });

  test('know no cursor of another team', async () => {
    const [team, user] = [await newTeam(), await newUser()];
    const elsewhere = await newMembership(await newTeam(), user);
    const answer = await api(`GET /teams/${team}/memberships?cursor=${elsewhere}`);
    const message = `Membership '${elsewhere}' for the 'cursor' value not found.`;
    expectError(answer, 'general_cursor_not_found', { message });
  });
});

describe('PATCH /teams/{teamId}/memberships/{membershipId}', () => {
  test('replaces the roles, and nothing else', async () => {
    const [team, user] = [await newTeam(), await newUser()];
    const id = await newMembership(team, user, { roles: ['owner'] });
    const { body: before } = await api(`GET /teams/${team}/memberships/${id}`);
    passTime(60_000);
    const answer = await api(`PATCH /teams/${team}/memberships/${id}`, { body: { roles: ['a', 'b'] } });
    expectAnswer(answer, 200, { ...before, $updatedAt: LATER.iso, roles: ['a', 'b'] });
    expect((await activityOf(user)).at(-1)).toMatchObject({
      event: 'membership.update',
      resource_id: id,
      actor_id: 'root',
      time: LATER.ms,
    });
    expectAnswer(await api(`PATCH /teams/${team}/memberships/${id}`, { body: { roles: [] } }), 200, {
      ...before,
      $updatedAt: LATER.iso,
      roles: [],
    });
  });

  test('refuses roles that are none', async () => {
    const [team, user] = [await newTeam(), await newUser()];
    const id = await newMembership(team, user);
    const answer = await api(`PATCH /teams/${team}/memberships/${id}`, { body: { roles: ['no role'] } });
    expectInvalid(answer, 'roles', /^Invalid `roles` param: Value must be an array of at most 100 roles/);
  });
});

describe('DELETE /teams/{teamId}/memberships/{membershipId}', () => {
  test('takes the user out of the team, and the total follows', async () => {
    const [team, user, other] = [await newTeam(), await newUser(), await newUser()];
    const id = await newMembership(team, user);
    await newMembership(team, other);
    expect((await api(`DELETE /teams/${team}/memberships/${id}`, { body: {} })).status).toBe(204);
    expect(await totalsOf(team)).toEqual({ total: 1, counted: 1 });
    expectError(await api(`GET /teams/${team}/memberships/${id}`), 'membership_not_found');
    expect((await activityOf(user)).at(-1)).toMatchObject({ event: 'membership.delete', resource_id: id });
    expectError(await api(`DELETE /teams/${team}/memberships/${id}`), 'team_invite_not_found');
    expect((await api(`POST /teams/${team}/memberships`, { body: { userId: user, roles: [] } })).status).toBe(
      201,
    );
  });

  test('takes an invitation back without touching the total', async () => {
    const [team, user, invited] = [await newTeam(), await newUser(), await newUser()];
    await newMembership(team, user);
    const id = await newMembership(team, invited, { confirm: false });
    expect((await api(`DELETE /teams/${team}/memberships/${id}`)).status).toBe(204);
    expect(await totalsOf(team)).toEqual({ total: 1, counted: 1 });
  });
});

test('A membership is reached under its own team alone', async () => {
  const [team, other, user] = [await newTeam(), await newTeam(), await newUser()];
  const id = await newMembership(team, user);
  const before = await everything();
  for (const [method, body] of [['GET'], ['PATCH', { roles: [] }], ['DELETE', {}]] as const) {
    const call = method === 'GET' ? {} : { body };
    expectError(await api(`${method} /teams/${other}/memberships/${id}`, call), 'team_membership_mismatch');
    expectError(await api(`${method} /teams/nothing/memberships/${id}`, call), 'team_not_found');
  }
  expect(await everything()).toBe(before);
});

test("A deleted user leaves its teams, each team's log tells, and the totals follow", async () => {
  const [user, other] = [await newUser(), await newUser()];
  const [team, inviting] = [await newTeam(), await newTeam()];
  const id = await newMembership(team, user);
  await newMembership(team, other);
  await newMembership(inviting, user, { confirm: false });
  await api(`DELETE /users/${user}`);
  expect([await totalsOf(team), await totalsOf(inviting)]).toEqual([
    { total: 1, counted: 1 },
    { total: 0, counted: 0 },
  ]);
  expect(await rows('SELECT 1 FROM memberships WHERE user_seq NOT IN (SELECT seq FROM users)')).toEqual([]);
  const { body } = await api(`GET /teams/${team}/logs`);
  expect(body.logs).toMatchObject([{ event: 'membership.delete', userId: 'root' }]);
  expect((await activityOf(user)).map(({ event, resource_id }) => [event, resource_id])).toContainEqual([
    'membership.delete',
    id,
  ]);
});

describe('A user with 500 memberships', () => {
  const COUNT = 500;

  async function joinMany(user: string): Promise<string[]> {
    for (const [table, values] of [
      ['teams (id, name, created_at, updated_at)', "?1 || '-t' || i, 'Team ' || i, 1000, 1000"],
      [
        'memberships (id, team_seq, user_seq, roles, invited, joined, confirm, created_at, updated_at)',
        "?1 || '-m' || i, (SELECT seq FROM teams WHERE id = ?1 || '-t' || i), (SELECT seq FROM users WHERE id = ?1), '[]', 1, 1, 1, 1, 1",
      ],
    ]) {
      await rows(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${COUNT})
         INSERT INTO ${table} SELECT ${values} FROM n`,
        user,
      );
    }
    return Array.from({ length: COUNT }, (_, i) => `${user}-m${i + 1}`);
  }

  /** Calls with a D1 that counts how often the answer waits for it. */
  async function counted(route: string) {
    const { binding, trips, roundsOf } = recordingD1();
    const ctx = createExecutionContext();
    const answer = worker.fetch(requestOf(route, {}), { ...env, DB: binding }, ctx);
    const rounds = await roundsOf(answer);
    const { total, memberships } = await (await answer).json<{ total: number; memberships: Item[] }>();
    await waitOnExecutionContext(ctx);
    return {
      rounds,
      trips: trips.filter(([sent]) => !sent?.query.includes('"usage"')).length,
      total,
      memberships,
    };
  }

  const limit = (n: number) => `queries[]=${JSON.stringify({ method: 'limit', values: [n] })}`;

  test('lists them all in one round trip to D1, and in pages of one each', async () => {
    const user = await newUser();
    const ids = await joinMany(user);
    const all = await counted(`GET /users/${user}/memberships?${limit(COUNT)}`);
    expect([all.rounds, all.trips, all.total, idsOf(all)]).toEqual([1, 1, COUNT, ids]);

    const paged: string[] = [];
    for (let cursor = ''; paged.length < COUNT; ) {
      const path = `GET /users/${user}/memberships?${limit(100)}${cursor}`;
      const page = await counted(path);
      expect([page.rounds, page.trips, page.total, page.memberships.length]).toEqual([1, 1, COUNT, 100]);
      paged.push(...idsOf(page));
      cursor = `&queries[]=${JSON.stringify({ method: 'cursorAfter', values: [paged.at(-1)] })}`;
    }
    expect(paged).toEqual(ids);
  });

  test('is deleted with all of them, and every total follows', async () => {
    const user = await newUser();
    await joinMany(user);
    expect((await api(`DELETE /users/${user}`)).status).toBe(204);
    expect(await rows('SELECT 1 FROM memberships WHERE id LIKE ?', `${user}-m%`)).toEqual([]);
    expect(await rows('SELECT total FROM teams WHERE id LIKE ? AND total <> 0', `${user}-t%`)).toEqual([]);
    expect(
      (await rows("SELECT 1 FROM activity WHERE user_id = ? AND event = 'membership.delete'", user)).length,
    ).toBe(COUNT);
  });
});
