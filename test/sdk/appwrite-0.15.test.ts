import * as v from 'valibot';
import { expect, test } from 'vitest';
import { freshId, idsOf, newUser, post, textOf } from './support/driver';
import { loadSdk } from './support/generation';
import { describeUsers } from './support/suite';

/*
 * node-appwrite 7.0.3. Its class Query is for databases alone: its users.list has parameters instead, and times are
 * seconds.
 */

const sdk = loadSdk('node-appwrite-0.15', '0.15.0', '');

describeUsers(sdk);

test('users.list searches and pages by the parameters of 0.15', async () => {
  const [one, two, three, four] = [
    await newUser(sdk, { name: 'Page' }),
    await newUser(sdk, { name: 'Page' }),
    await newUser(sdk, { name: 'Page' }),
    await newUser(sdk, { name: 'Page' }),
  ];
  const ids = async (params: object) => idsOf(await sdk.call('list', { search: 'page', ...params }));
  expect(await ids({})).toEqual([one, two, three, four]);
  expect(await ids({ limit: 2, offset: 1 })).toEqual([two, three]);
  expect(await ids({ limit: 2, cursor: two, cursorDirection: 'after' })).toEqual([three, four]);
  expect(await ids({ limit: 2, cursor: four, cursorDirection: 'before' })).toEqual([two, three]);
  expect(await ids({ limit: 2, orderType: 'DESC' })).toEqual([four, three]);
  expect(await ids({ cursor: three, orderType: 'DESC' })).toEqual([two, one]);
  expect(await sdk.call('list', { search: 'page', limit: 0 })).toEqual({ total: 4, users: [] });
});

test.each([
  [{ limit: 101 }, 'Invalid `limit` param: Value must be a valid range between 0 and 100'],
  [{ offset: 5001 }, 'Invalid `offset` param: Value must be a valid range between 0 and 5,000'],
  [{ orderType: 'UP' }, 'Invalid `orderType` param: Value must be one of (ASC, DESC)'],
  [{ cursorDirection: 'up' }, 'Invalid `cursorDirection` param: Value must be one of (after, before)'],
])('users.list refuses %j', async (params, message) => {
  const type = 'general_argument_invalid';
  expect(await sdk.refusal('list', params)).toEqual({ code: 400, type, message });
});

test('users.list refuses a cursor that is nobody', async () => {
  expect(await sdk.refusal('list', { cursor: 'nobody' })).toEqual({
    code: 400,
    type: 'general_cursor_not_found',
    message: "User 'nobody' for the 'cursor' value not found.",
  });
});

const logs = v.object({ total: v.number(), logs: v.array(v.looseObject({ event: v.string() })) });

test('users.getLogs tells the events of sessions as 0.15 did, and its client', async () => {
  const userId = await newUser(sdk);
  const sessionId = textOf(await post(`/users/${userId}/sessions`), '$id');
  await sdk.call('deleteSession', { userId, sessionId });
  const read = v.parse(logs, await sdk.call('getLogs', { userId, limit: 2 }));
  expect([read.total, read.logs.map(({ event }) => event)]).toEqual([
    3,
    [`users.${userId}.sessions.${sessionId}.delete`, `users.${userId}.sessions.${sessionId}.create`],
  ]);
  expect(read.logs[0]).toMatchObject({ clientName: 'Axios' });
});

test('preferences that no later SDK could read are refused', async () => {
  const prefs = JSON.parse('{"a": {"constructor": 1}}');
  expect(await sdk.refusal('updatePrefs', { userId: freshId(sdk), prefs })).toEqual({
    code: 400,
    type: 'general_argument_invalid',
    message:
      'Invalid `prefs` param: Value must be an object without the key "constructor" at any depth: Appwrite\'s SDKs can\'t read it.',
  });
});
