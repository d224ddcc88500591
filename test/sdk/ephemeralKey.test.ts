import { AppwriteException, Client, ID, Project, ProjectKeyScopes, Users } from 'node-appwrite';
import { expect, inject, test } from 'vitest';

const newClient = (key: string) =>
  new Client().setEndpoint(inject('endpoint')).setProject('default').setKey(key);

test('An ephemeral key of the official SDK does what its scopes say, and ends with the key that made it', async () => {
  const root = new Project(newClient(inject('rootKey')));
  const parent = await root.createKey({
    keyId: ID.unique(),
    name: 'CI',
    scopes: [ProjectKeyScopes.KeysWrite, ProjectKeyScopes.UsersRead],
  });
  const { secret, expire, scopes } = await new Project(newClient(parent.secret)).createEphemeralKey({
    scopes: [ProjectKeyScopes.UsersRead],
    duration: 600,
  });
  expect(secret).toMatch(/^ephemeral_/);
  expect(scopes).toEqual(['users.read']);
  expect(Date.parse(expire)).toBeGreaterThan(Date.now());
  const users = new Users(newClient(secret));
  expect((await users.list()).total).toBeGreaterThanOrEqual(0);
  const refusal = await users.create({ userId: ID.unique() }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(AppwriteException);
  expect(refusal).toMatchObject({ code: 401, type: 'general_unauthorized_scope' });
  await root.deleteKey({ keyId: parent.$id });
  await expect(users.list()).rejects.toMatchObject({ code: 401, type: 'user_unauthorized' });
});
