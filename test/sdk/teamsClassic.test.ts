import { createRequire } from 'node:module';
import { expect, inject, test } from 'vitest';
import { refusalOf } from './refusal';

/* The Teams of node-appwrite 7.0.3, the SDK of Appwrite 0.15, unmodified. */
const { AppwriteException, Client, Teams, Users } = createRequire(import.meta.url)('node-appwrite-0.15');

const client = new Client().setEndpoint(inject('endpoint')).setProject('default').setKey(inject('rootKey'));
const teams = new Teams(client);
const users = new Users(client);

const unix = () =>
  expect.toSatisfy((value) => Number.isInteger(value) && value > 1_700_000_000 && value < 10_000_000_000);

const id = () => expect.stringMatching(/^[0-9a-f]{20}$/);

const refusal = async (call: Promise<unknown>) => {
  const error = await refusalOf(call);
  expect(error).toBeInstanceOf(AppwriteException);
  return [error.code, Object(error.response).type];
};

const TEAM = { $id: 'ct1', $createdAt: unix(), $updatedAt: unix(), name: 'Classic Team', total: 0 };
const URL = 'http://localhost:5000/join-us#title';

test('creates, gets and renames a team, in the model of 0.15', async () => {
  expect(await teams.create('ct1', 'Classic Team')).toEqual(TEAM);
  expect(await teams.get('ct1')).toEqual(TEAM);
  expect(await teams.update('ct1', 'Renamed Team')).toEqual({ ...TEAM, name: 'Renamed Team' });
  expect(await teams.create('unique()', 'Owned', ['owner'])).toEqual({ ...TEAM, $id: id(), name: 'Owned' });
  expect(await refusal(teams.create('ct1', 'Again'))).toEqual([409, 'team_already_exists']);
  expect(await refusal(teams.get('nothing'))).toEqual([404, 'team_not_found']);
  expect(await refusal(teams.update('ct1', ''))).toEqual([400, 'general_argument_invalid']);
});

test('lists, searches and pages teams', async () => {
  for (const name of ['p1', 'p2', 'p3']) await teams.create(`ct-${name}`, `Classic page ${name}`);
  const ids = async (...args: unknown[]) =>
    (await teams.list(...args)).teams.map(({ $id }: { $id: string }) => $id);
  expect(await ids('classic page')).toEqual(['ct-p1', 'ct-p2', 'ct-p3']);
  expect(await ids('classic page', 1, 1)).toEqual(['ct-p2']);
  expect(await ids('classic page', 2, 0, 'ct-p1', 'after')).toEqual(['ct-p2', 'ct-p3']);
  expect(await ids('classic page', 2, 0, undefined, undefined, 'DESC')).toEqual(['ct-p3', 'ct-p2']);
  expect(await teams.list('classic page', 0)).toEqual({ total: 3, teams: [] });
});

test('makes a member by e-mail, and a user where there was none', async () => {
  const made = await teams.createMembership('ct1', 'Cleo@Teams.example', ['owner'], URL, 'Cleo');
  expect(made).toEqual({
    $id: id(),
    $createdAt: unix(),
    $updatedAt: unix(),
    userId: id(),
    userName: 'Cleo',
    userEmail: 'cleo@teams.example',
    teamId: 'ct1',
    teamName: 'Renamed Team',
    invited: unix(),
    joined: unix(),
    confirm: true,
    roles: ['owner'],
  });
  expect((await users.get(made.userId)).name).toBe('Cleo');
  expect(await users.getMemberships(made.userId)).toEqual({ total: 1, memberships: [made] });
  expect((await teams.get('ct1')).total).toBe(1);
  expect(await refusal(teams.createMembership('ct1', 'cleo@teams.example', [], URL))).toEqual([
    409,
    'membership_already_confirmed',
  ]);
  expect(await refusal(teams.createMembership('nothing', 'x@teams.example', [], URL))).toEqual([
    404,
    'team_not_found',
  ]);
});

test('lists and gets memberships, and changes roles', async () => {
  const { total, memberships } = await teams.getMemberships('ct1', '', 10, 0);
  expect(total).toBe(1);
  expect(await teams.getMembership('ct1', memberships[0].$id)).toEqual(memberships[0]);
  const changed = await teams.updateMembershipRoles('ct1', memberships[0].$id, ['viewer', 'editor']);
  expect(changed).toEqual({ ...memberships[0], $updatedAt: unix(), roles: ['viewer', 'editor'] });
  expect(await refusal(teams.getMembership('ct1', 'nothing'))).toEqual([404, 'membership_not_found']);
});

test('deletes a membership, and a team with the rest of them', async () => {
  const { memberships } = await teams.getMemberships('ct1');
  expect(await teams.deleteMembership('ct1', memberships[0].$id)).toBe('');
  expect(await refusal(teams.deleteMembership('ct1', memberships[0].$id))).toEqual([
    404,
    'team_invite_not_found',
  ]);
  expect((await teams.get('ct1')).total).toBe(0);
  const { userId } = await teams.createMembership('ct1', 'cleo@teams.example', [], URL);
  expect(await teams.delete('ct1')).toBe('');
  expect(await users.getMemberships(userId)).toEqual({ total: 0, memberships: [] });
  expect(await refusal(teams.delete('ct1'))).toEqual([404, 'team_not_found']);
});
