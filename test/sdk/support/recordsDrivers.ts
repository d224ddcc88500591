import { expect } from 'vitest';
import { type Driver, freshId, newUser, post, readUsers, textOf, writeUsers } from './driver';
import type { Sdk } from './generation';
import { log, membership } from './models';

const nobody = { userId: 'nobody' };

/** 0.15 wrote events as paths. */
const event = ({ classic }: Sdk, userId: string, action: 'create' | 'update') =>
  classic ? `users.${userId}.${action}` : `user.${action}`;

const logs: Driver = {
  example: nobody,
  absent: 'user_not_found',
  scopes: readUsers,
  async answers(sdk, method) {
    const userId = await newUser(sdk);
    await sdk.call('updateName', { userId, name: 'Renamed' });
    const [updated, created] = [
      log(sdk, { event: event(sdk, userId, 'update') }),
      log(sdk, { event: event(sdk, userId, 'create') }),
    ];
    expect(await sdk.call(method, { userId }), 'newest first').toEqual({
      total: 2,
      logs: [updated, created],
    });
    const limit = sdk.queries.get('limit');
    const offset = sdk.queries.get('offset');
    const page = limit && offset ? { queries: [limit(1), offset(1)] } : { limit: 1, offset: 1 };
    expect(await sdk.call(method, { userId, ...page })).toEqual({ total: 2, logs: [created] });
    if (sdk.takes(method, 'total'))
      expect(await sdk.call(method, { userId, ...page, total: false })).toEqual({
        total: 0,
        logs: [created],
      });
  },
};

/** A user in a team. */
async function newMember(sdk: Sdk) {
  const userId = await newUser(sdk, { name: 'A member' });
  const teamId = freshId(sdk);
  await post('/teams', { teamId, name: 'A team' });
  const made = await post(`/teams/${teamId}/memberships`, { userId, roles: ['owner'] });
  return { userId, teamId, membershipId: textOf(made, '$id') };
}

const memberships: Driver = {
  example: nobody,
  absent: 'user_not_found',
  scopes: readUsers,
  async answers(sdk, method) {
    const { userId, teamId, membershipId } = await newMember(sdk);
    const user = { userId, userName: 'A member', userEmail: `${userId}@example.com` };
    const team = { teamId, teamName: 'A team' };
    const memberships = [membership(sdk, { $id: membershipId, ...user, ...team })];
    expect(await sdk.call(method, { userId })).toEqual({ total: 1, memberships });
    const alone = { userId: await newUser(sdk) };
    expect(await sdk.call(method, alone)).toEqual({ total: 0, memberships: [] });
    if (!sdk.takes(method, 'search')) return;
    const equal = sdk.queries.get('equal') ?? String;
    const found = { userId, queries: [equal('teamId', teamId)], search: membershipId };
    expect(await sdk.call(method, found)).toEqual({ total: 1, memberships });
    const none = { userId, queries: [equal('confirm', false)], total: false };
    expect(await sdk.call(method, none)).toEqual({ total: 0, memberships: [] });
  },
};

const prefs = { nested: [1, [2, { deep: {} }]], empty: {}, emoji: '👩‍🚀', number: 1.5, nothing: null };

/** Drivers of the methods of what belongs to a user: its log, its places in teams, its preferences. */
export const recordsDrivers: Readonly<Record<string, Driver>> = {
  getLogs: logs,
  listLogs: logs,
  getMemberships: memberships,
  listMemberships: memberships,
  getPrefs: {
    example: nobody,
    absent: 'user_not_found',
    scopes: readUsers,
    async answers(sdk, method) {
      const userId = await newUser(sdk);
      expect(await sdk.call(method, { userId })).toEqual({});
      await sdk.call('updatePrefs', { userId, prefs });
      expect(await sdk.call(method, { userId })).toEqual(prefs);
    },
  },
  updatePrefs: {
    example: { ...nobody, prefs },
    absent: 'user_not_found',
    scopes: writeUsers,
    invalid: [[{ prefs: 'nonsense' }, 'Invalid `prefs` param: Value must be a valid object.']],
    async answers(sdk, method) {
      const userId = await newUser(sdk);
      expect(await sdk.call(method, { userId, prefs })).toEqual(prefs);
      expect(await sdk.call(method, { userId, prefs: { only: 'this' } })).toEqual({ only: 'this' });
    },
  },
};
