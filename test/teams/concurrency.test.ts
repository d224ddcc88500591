import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { freshId, newTeam, newUser } from '../support/given';
import { emptyStores, row, rows, totalsOf } from '../support/rows';

beforeEach(emptyStores);

const many = <T>(count: number, make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)));

const join = (team: string, userId: string) =>
  api(`POST /teams/${team}/memberships`, { body: { userId, roles: [] } });

const leave = (team: string, membershipId: string) =>
  api(`DELETE /teams/${team}/memberships/${membershipId}`);

const statusesOf = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).sort();

/** Counts every row that points at something that is not there. */
const dangling = () =>
  row(
    `SELECT count(*) AS count FROM memberships
     WHERE user_seq NOT IN (SELECT seq FROM users) OR team_seq NOT IN (SELECT seq FROM teams)`,
  );

// Many calls at once take their time on a busy machine.
describe('Side by side', { timeout: 60_000 }, () => {
  test('joins and leaves of many users end with the right total', async () => {
    const team = await newTeam();
    const users = await many(30, () => newUser());
    const joined = await Promise.all(users.map((user) => join(team, user)));
    expect(await totalsOf(team)).toEqual({ total: 30, counted: 30 });
    const leaving = joined.slice(0, 15).map(({ body }) => leave(team, body.$id));
    const latecomers = await many(10, () => newUser());
    const both = await Promise.all([...leaving, ...latecomers.map((user) => join(team, user))]);
    expect(new Set(statusesOf(both))).toEqual(new Set([201, 204]));
    expect(await totalsOf(team)).toEqual({ total: 25, counted: 25 });
  });

  test('one user joins a team once, however often it is asked for, and leaves it once', async () => {
    const [team, user] = [await newTeam(), await newUser()];
    const joins = await many(8, () => join(team, user));
    expect(statusesOf(joins)).toEqual([201, ...Array(7).fill(409)]);
    expect(await totalsOf(team)).toEqual({ total: 1, counted: 1 });
    const id = joins.find(({ status }) => status === 201)?.body.$id;
    expect(statusesOf(await many(8, () => leave(team, id)))).toEqual([204, ...Array(7).fill(404)]);
    expect(await totalsOf(team)).toEqual({ total: 0, counted: 0 });
    expect(await rows("SELECT event FROM activity WHERE event LIKE 'membership.%'")).toHaveLength(2);
  });

  test('an unknown e-mail becomes one user, whichever of many teams it joins first', async () => {
    const email = `${freshId('mail')}@example.com`;
    const teams = await many(8, () => newTeam());
    const answers = await Promise.all(
      teams.map((team) => api(`POST /teams/${team}/memberships`, { body: { email, roles: [] } })),
    );
    expect(statusesOf(answers)).toEqual(Array(8).fill(201));
    expect(new Set(answers.map(({ body }) => body.userId)).size).toBe(1);
    expect(await rows('SELECT id FROM users')).toHaveLength(1);
    expect(await rows("SELECT 1 FROM activity WHERE event = 'user.create'")).toHaveLength(1);
  });

  test('deletions of users and teams amid joins and leaves leave nothing dangling', async () => {
    const teams = await many(4, () => newTeam());
    const users = await many(12, () => newUser());
    const pairs = teams.flatMap((team) => users.map((user) => [team, user] as const));
    const first = await Promise.all(pairs.slice(0, 24).map(([team, user]) => join(team, user)));
    await Promise.all([
      ...pairs.slice(24).map(([team, user]) => join(team, user)),
      ...first.slice(0, 12).map(({ body }) => leave(body.teamId, body.$id)),
      ...users.slice(0, 4).map((user) => api(`DELETE /users/${user}`)),
      ...teams.slice(3).map((team) => api(`DELETE /teams/${team}`)),
      ...pairs.slice(0, 12).map(([team, user]) => join(team, user)),
    ]);
    expect(await dangling()).toEqual({ count: 0 });
    for (const team of teams.slice(0, 3)) {
      const { total, counted } = await totalsOf(team);
      expect(total).toBe(counted);
      expect(counted).toBeGreaterThan(0);
    }
    expect(await rows('SELECT id FROM teams')).toHaveLength(3);
    expect(await rows('SELECT id FROM users')).toHaveLength(8);
  });
});
