import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { api } from '../support/api';
import { emptyStores, rows, totalsOf } from '../support/rows';

beforeEach(emptyStores);

/** What the service should be: who there is, and who is where. People are known by their names. */
interface World {
  /** The ID that each has: its name, or one of ours where it joined by its e-mail. */
  readonly users: Map<string, string>;
  /** The members of each team, and the IDs of their memberships. */
  readonly teams: Map<string, Map<string, string>>;
}

type OfBoth = { do: 'join' | 'join by e-mail' | 'leave'; user: string; team: string };

type Action =
  | { do: 'make user'; user: string }
  | { do: 'delete user'; user: string }
  | { do: 'make team'; team: string }
  | { do: 'delete team'; team: string }
  | OfBoth;

// Few, so that they meet.
const user = fc.constantFrom('u1', 'u2', 'u3', 'u4');
const team = fc.constantFrom('t1', 't2', 't3');

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('make user' as const), user }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete user' as const), user }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('make team' as const), team }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete team' as const), team }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('join', 'join by e-mail'), user, team }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('leave' as const), user, team }) },
);

const emailOf = (id: string) => `${id}@model.example`;

const statusOf = async (route: string, body?: unknown) => (await api(route, { body })).status;

/** Does it here and there, and asserts that the answer is what the model says. */
async function perform({ users, teams }: World, act: Action): Promise<void> {
  if (act.do === 'make user') {
    const status = await statusOf('POST /users', { userId: act.user, email: emailOf(act.user) });
    expect(status).toBe(users.has(act.user) ? 409 : 201);
    if (status === 201) users.set(act.user, act.user);
  } else if (act.do === 'delete user') {
    const status = await statusOf(`DELETE /users/${users.get(act.user) ?? 'nobody'}`);
    expect(status).toBe(users.delete(act.user) ? 204 : 404);
    for (const members of teams.values()) members.delete(act.user);
  } else if (act.do === 'make team') {
    expect(await statusOf('POST /teams', { teamId: act.team, name: act.team })).toBe(
      teams.has(act.team) ? 409 : 201,
    );
    if (!teams.has(act.team)) teams.set(act.team, new Map());
  } else if (act.do === 'delete team') {
    expect(await statusOf(`DELETE /teams/${act.team}`)).toBe(teams.delete(act.team) ? 204 : 404);
  } else {
    await meet({ users, teams }, act);
  }
}

async function meet({ users, teams }: World, act: OfBoth): Promise<void> {
  const members = teams.get(act.team);
  if (act.do === 'leave') {
    const id = members?.get(act.user);
    const status = await statusOf(`DELETE /teams/${act.team}/memberships/${id ?? 'none'}`);
    expect(status).toBe(id === undefined ? 404 : 204);
    members?.delete(act.user);
    return;
  }
  const byId = act.do === 'join';
  const named = byId ? { userId: users.get(act.user) ?? 'nobody' } : { email: emailOf(act.user) };
  const { status, body } = await api(`POST /teams/${act.team}/memberships`, {
    body: { ...named, roles: [] },
  });
  expect([status, body.type]).toEqual(expectedOf(byId && !users.has(act.user), members?.has(act.user)));
  if (status !== 201) return;
  users.set(act.user, body.userId);
  members?.set(act.user, body.$id);
}

/** @param isMember undefined where there is no team */
function expectedOf(isNobody: boolean, isMember: boolean | undefined): [number, string | undefined] {
  if (isMember === undefined) return [404, 'team_not_found'];
  if (isNobody) return [404, 'user_not_found'];
  return isMember ? [409, 'membership_already_confirmed'] : [201, undefined];
}

async function check({ users, teams }: World): Promise<void> {
  for (const [id, members] of teams) {
    expect(await totalsOf(id)).toEqual({ total: members.size, counted: members.size });
    const { body } = await api(`GET /teams/${id}/memberships`);
    expect(body.memberships.map(({ $id }: { $id: string }) => $id)).toEqual([...members.values()]);
  }
  for (const [name, id] of users) {
    const { body } = await api(`GET /users/${id}/memberships`);
    const where = body.memberships.map(({ teamId }: { teamId: string }) => teamId).sort();
    expect(where).toEqual([...teams].flatMap(([team, members]) => (members.has(name) ? [team] : [])).sort());
  }
  expect(await dangling()).toEqual([]);
}

/** Memberships of a user or a team that is not there. */
const dangling = () =>
  rows(
    'SELECT id FROM memberships WHERE user_seq NOT IN (SELECT seq FROM users) OR team_seq NOT IN (SELECT seq FROM teams)',
  );

test('Any sequence of joins, leaves and deletions agrees with sets in memory', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 30 }), async (actions) => {
      await emptyStores();
      const world: World = { users: new Map(), teams: new Map() };
      for (const act of actions) await perform(world, act);
      await check(world);
    }),
    { numRuns: 25 },
  );
});
