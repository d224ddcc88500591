import { expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { stopClock } from '../support/clock';
import { expectAnswer, expectError } from '../support/expect';
import { freshId, newKey, newTeam, newUser } from '../support/given';
import { NOW, UNKNOWN_CLIENT } from '../support/models';

stopClock();

/** A team made through the API, that a member joined, changed and left. */
async function busyTeam() {
  const [team, user] = [freshId('team'), await newUser()];
  await api('POST /teams', { body: { teamId: team, name: 'Busy' } });
  const { body } = await api(`POST /teams/${team}/memberships`, { body: { userId: user, roles: [] } });
  const id: string = body.$id;
  await api(`PATCH /teams/${team}/memberships/${id}`, { body: { roles: ['a'] } });
  await api(`PUT /teams/${team}`, { body: { name: 'Busier' } });
  await api(`DELETE /teams/${team}/memberships/${id}`);
  return { team, user, id };
}

const eventsIn = async (route: string, headers = {}) =>
  (await api(route, { headers })).body.logs.map(({ event }: { event: string }) => event);

test("A team's log tells what happened, who did it and when, to a modern client", async () => {
  const team = freshId('team');
  await api('POST /teams', { body: { teamId: team, name: 'New' } });
  expectAnswer(await api(`GET /teams/${team}/logs`), 200, {
    total: 1,
    logs: [
      {
        event: 'team.create',
        userId: 'root',
        userEmail: '',
        userName: 'Root key',
        mode: 'default',
        userType: 'keyProject',
        ip: '',
        time: NOW.iso,
        ...UNKNOWN_CLIENT,
      },
    ],
  });
});

test("It has the members' comings and goings, and theirs have them too, but not the team's own", async () => {
  const { team, user } = await busyTeam();
  expect(await eventsIn(`GET /teams/${team}/logs`)).toEqual([
    'membership.delete',
    'team.update',
    'membership.update',
    'membership.create',
    'team.create',
  ]);
  expect(await eventsIn(`GET /users/${user}/logs`)).toEqual([
    'membership.delete',
    'membership.update',
    'membership.create',
    'user.create',
  ]);
});

test('It tells a classic client in the events of 0.15', async () => {
  const { team, user, id } = await busyTeam();
  expect(await eventsIn(`GET /teams/${team}/logs`, CLASSIC)).toEqual([
    `teams.${team}.memberships.${id}.delete`,
    `teams.${team}.update`,
    `teams.${team}.memberships.${id}.update`,
    `teams.${team}.memberships.${id}.create`,
    `teams.${team}.create`,
  ]);
  expect(await eventsIn(`GET /users/${user}/logs?limit=1`, CLASSIC)).toEqual([
    `users.${user}.memberships.${id}.delete`,
  ]);
});

test('It names the key that did it', async () => {
  const [team, key] = [await newTeam(), await newKey(['teams.write'])];
  const headers = { 'x-appwrite-key': key.secret, 'cf-connecting-ip': '203.0.113.7' };
  await api(`PUT /teams/${team}`, { body: { name: 'x' }, headers });
  const [log] = (await api(`GET /teams/${team}/logs`)).body.logs;
  expect(log).toMatchObject({ userId: key.id, userName: `Key ${key.id}`, ip: '203.0.113.7' });
});

test('It comes in pages, and can be neither filtered nor ordered', async () => {
  const { team } = await busyTeam();
  const { body } = await api(`GET /teams/${team}/logs?queries[]=limit(2)&queries[]=offset(3)`);
  expect([body.total, body.logs.map(({ event }: { event: string }) => event)]).toEqual([
    5,
    ['membership.create', 'team.create'],
  ]);
  expectAnswer(await api(`GET /teams/${team}/logs?total=false&limit=0`), 200, { total: 0, logs: [] });
  expectError(
    await api(`GET /teams/${team}/logs?queries[]=equal("event",["team.create"])`),
    'general_argument_invalid',
    { message: /Attribute not found in schema: event/ },
  );
});

test('It has the members of a team that are gone since', async () => {
  const { team, user } = await busyTeam();
  await api(`DELETE /users/${user}`);
  const { body } = await api(`GET /teams/${team}/logs`);
  expect(body.total).toBe(5);
});
