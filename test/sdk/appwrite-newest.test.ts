import { AppwriteException, Client, ID, Query, Users } from 'node-appwrite';
import { expect, inject, test } from 'vitest';
import { freshId, newUser } from './support/driver';
import { loadSdk } from './support/generation';
import { describeQueries } from './support/queriesSuite';
import { describeUsers } from './support/suite';

/* node-appwrite 27.1.0: its methods take objects, and integers that a double can't hold are BigInts. */

const sdk = loadSdk('node-appwrite', '1.9.5', { message: '' });

describeUsers(sdk);
describeQueries(sdk);

/** As an application has it: an ES module with its types. */
const users = new Users(
  new Client().setEndpoint(inject('endpoint')).setProject('default').setKey(inject('rootKey')),
);

test('takes an ID that the SDK makes', async () => {
  const { $id, email } = await users.create({ userId: ID.unique() });
  expect([$id, email]).toEqual([expect.stringMatching(/^[0-9a-f]{20}$/), '']);
});

test('takes the calls of older applications, whose values stand in a row', async () => {
  const userId = freshId(sdk);
  await users.create(userId, undefined, undefined, undefined, 'In a row');
  expect((await users.list([Query.equal('$id', userId)], 'in a row')).users.map(({ $id }) => $id)).toEqual([
    userId,
  ]);
});

test('keeps integers beyond 2^53 in preferences', async () => {
  const userId = await newUser(sdk);
  await users.updatePrefs({ userId, prefs: { big: 9007199254740993n, small: 1.5 } });
  expect(await users.getPrefs({ userId })).toEqual({ big: 9007199254740993n, small: 1.5 });
});

test('names the type of an error that is no answer of a method', async () => {
  const other = new Users(
    new Client().setEndpoint(inject('endpoint')).setProject('other').setKey(inject('rootKey')),
  );
  const error = await other.list().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AppwriteException);
  expect(error).toMatchObject({ code: 404, type: 'project_not_found' });
});
