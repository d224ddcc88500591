import { AppwriteException, Client, ID, Query, Teams, Users } from 'node-appwrite';
import { expect, inject, test } from 'vitest';
import { refusalOf } from './refusal';

/* The Teams of node-appwrite 27.1.0, the newest server SDK, unmodified. */

const client = new Client().setEndpoint(inject('endpoint')).setProject('default').setKey(inject('rootKey'));
const teams = new Teams(client);
const users = new Users(client);

const iso = () => expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
const id = () => expect.stringMatching(/^[0-9a-f]{20}$/);

/** The SDK's objects have no prototype. */
const plain = (value: object) => JSON.parse(JSON.stringify(value));

const refusal = async (call: Promise<unknown>) => {
  const error = await refusalOf(call);
  expect(error).toBeInstanceOf(AppwriteException);
  return [error.code, error.type];
};

const TEAM = { $id: 'mt1', $createdAt: iso(), $updatedAt: iso(), name: 'Modern Team', total: 0, prefs: {} };

test('creates, gets and renames a team', async () => {
  expect(plain(await teams.create({ teamId: 'mt1', name: 'Modern Team' }))).toEqual(TEAM);
  expect(plain(await teams.get({ teamId: 'mt1' }))).toEqual(TEAM);
  const renamed = await teams.updateName({ teamId: 'mt1', name: 'Renamed' });
  expect(plain(renamed)).toEqual({ ...TEAM, name: 'Renamed' });
  const owned = await teams.create({ teamId: ID.unique(), name: 'Owned', roles: ['owner'] });
  expect(owned.total).toBe(0);
  expect(await refusal(teams.create({ teamId: 'mt1', name: 'Again' }))).toEqual([409, 'team_already_exists']);
  expect(await refusal(teams.get({ teamId: 'nothing' }))).toEqual([404, 'team_not_found']);
});

test('keeps the preferences of a team, integers beyond 2^53 included', async () => {
  const prefs = { theme: 'dark', big: 9007199254740993n };
  await teams.updatePrefs({ teamId: 'mt1', prefs });
  const back = await teams.getPrefs({ teamId: 'mt1' });
  expect([back.theme, String(back.big)]).toEqual(['dark', '9007199254740993']);
  await teams.updatePrefs({ teamId: 'mt1', prefs: {} });
  expect(plain(await teams.getPrefs({ teamId: 'mt1' }))).toEqual({});
});

test('lists with and without a search, a total and queries', async () => {
  for (const name of ['q1', 'q2', 'q3']) await teams.create({ teamId: `mt-${name}`, name: `Query ${name}` });
  const found = await teams.list({ search: 'query q' });
  expect([found.total, found.teams.map(({ $id }) => $id)]).toEqual([3, ['mt-q1', 'mt-q2', 'mt-q3']]);
  expect((await teams.list({ search: 'query q', total: false })).total).toBe(0);
  const queries = [Query.startsWith('name', 'Query'), Query.orderDesc('name'), Query.limit(2)];
  expect((await teams.list({ queries })).teams.map(({ $id }) => $id)).toEqual(['mt-q3', 'mt-q2']);
  const after = [...queries, Query.cursorAfter('mt-q2')];
  expect((await teams.list({ queries: after })).teams.map(({ $id }) => $id)).toEqual(['mt-q1']);
  expect((await teams.list({ queries: [Query.equal('total', [0])] })).total).toBeGreaterThan(3);
});

test('makes members by ID, by e-mail and by phone', async () => {
  await users.create({ userId: 'mtu1', email: 'mtu1@teams.example', name: 'Ada' });
  const made = await teams.createMembership({ teamId: 'mt1', roles: ['owner'], userId: 'mtu1' });
  expect(plain(made)).toEqual({
    $id: id(),
    $createdAt: iso(),
    $updatedAt: iso(),
    userId: 'mtu1',
    userName: 'Ada',
    userEmail: 'mtu1@teams.example',
    userPhone: '',
    teamId: 'mt1',
    teamName: 'Renamed',
    invited: iso(),
    joined: iso(),
    confirm: true,
    mfa: false,
    userAccessedAt: '',
    roles: ['owner'],
  });
  const url = 'https://example.com/join';
  const email = 'Mtu2@Teams.example';
  const second = await teams.createMembership({ teamId: 'mt1', roles: ['editor'], email, url, name: 'Bob' });
  expect([second.userName, second.userEmail]).toEqual(['Bob', 'mtu2@teams.example']);
  const phone = '+4933333333';
  const third = await teams.createMembership({ teamId: 'mt1', roles: [], phone });
  expect((await users.get({ userId: third.userId })).phone).toBe(phone);
  expect((await teams.get({ teamId: 'mt1' })).total).toBe(3);
  const again = teams.createMembership({ teamId: 'mt1', roles: [], userId: 'mtu1' });
  expect(await refusal(again)).toEqual([409, 'membership_already_confirmed']);
  const nobody = teams.createMembership({ teamId: 'mt1', roles: [], userId: 'nobody' });
  expect(await refusal(nobody)).toEqual([404, 'user_not_found']);
  const none = teams.createMembership({ teamId: 'mt1', roles: [] });
  expect(await refusal(none)).toEqual([400, 'general_argument_invalid']);
});

test('lists, gets and changes memberships', async () => {
  const { total, memberships } = await teams.listMemberships({ teamId: 'mt1', queries: [Query.limit(2)] });
  expect([total, memberships.length]).toEqual([3, 2]);
  const filtered = [Query.contains('roles', ['editor'])];
  expect((await teams.listMemberships({ teamId: 'mt1', queries: filtered })).total).toBe(1);
  const membershipId = memberships[0]?.$id ?? '';
  const path = { teamId: 'mt1', membershipId };
  expect(plain(await teams.getMembership(path))).toEqual(plain(memberships[0] ?? {}));
  expect((await teams.updateMembership({ ...path, roles: ['viewer'] })).roles).toEqual(['viewer']);
  const ofUser = await users.listMemberships({ userId: 'mtu1' });
  expect(ofUser.memberships.map(({ $id, roles }) => [$id, roles])).toEqual([[membershipId, ['viewer']]]);
  const nothing = teams.getMembership({ teamId: 'mt1', membershipId: 'nothing' });
  expect(await refusal(nothing)).toEqual([404, 'membership_not_found']);
  const elsewhere = teams.getMembership({ teamId: 'mt-q1', membershipId });
  expect(await refusal(elsewhere)).toEqual([404, 'team_membership_mismatch']);
});

test('deletes a membership, a user, and a team with the rest, and the totals follow', async () => {
  const [first, second] = (await teams.listMemberships({ teamId: 'mt1' })).memberships;
  await teams.deleteMembership({ teamId: 'mt1', membershipId: first?.$id ?? '' });
  expect((await teams.get({ teamId: 'mt1' })).total).toBe(2);
  await users.delete({ userId: second?.userId ?? '' });
  expect((await teams.get({ teamId: 'mt1' })).total).toBe(1);
  await teams.delete({ teamId: 'mt1' });
  expect(await refusal(teams.delete({ teamId: 'mt1' }))).toEqual([404, 'team_not_found']);
  const { logs } = await users.listLogs({ userId: 'mtu1' });
  expect(logs.map(({ event }) => event)).toEqual([
    'membership.delete',
    'membership.update',
    'membership.create',
    'user.create',
  ]);
});
