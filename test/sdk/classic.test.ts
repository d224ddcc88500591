import { createRequire } from 'node:module';
import * as v from 'valibot';
import { expect, inject, test } from 'vitest';

/*
 * node-appwrite 7.0.3, the SDK of Appwrite 0.15, unmodified. Without its types: they claim the name of the newest SDK,
 * whose tests stand beside these.
 */
const { AppwriteException, Client, Users } = createRequire(import.meta.url)('node-appwrite-0.15');

const client = new Client().setEndpoint(inject('endpoint')).setProject('default').setKey(inject('rootKey'));
const users = new Users(client);

const unix = () =>
  expect.toSatisfy((value) => Number.isInteger(value) && value > 1_700_000_000 && value < 10_000_000_000);

interface Refusal {
  code: number;
  message: string;
  response: { type: string };
}

const isRefusal = (error: unknown): error is Refusal => error instanceof AppwriteException;

const refusal = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isRefusal(error)) throw new Error(`no AppwriteException: ${error}`);
  return { code: error.code, type: error.response.type, message: error.message };
};

test('creates a user and answers it in the model of 0.15', async () => {
  expect(await users.create('c1', 'C1@Example.com', 'long enough', 'Classic One')).toEqual({
    $id: 'c1',
    $createdAt: unix(),
    $updatedAt: unix(),
    name: 'Classic One',
    registration: unix(),
    status: true,
    passwordUpdate: unix(),
    email: 'c1@example.com',
    phone: '',
    emailVerification: false,
    phoneVerification: false,
    prefs: {},
  });
});

test('makes an ID for unique()', async () => {
  const { $id } = await users.create('unique()', 'unique@example.com', 'long enough');
  expect($id).toMatch(/^[0-9a-f]{20}$/);
  await users.delete($id);
});

test('gets a user, and tells a missing one by its type', async () => {
  expect((await users.get('c1')).email).toBe('c1@example.com');
  expect(await refusal(users.get('nobody'))).toEqual({
    code: 404,
    type: 'user_not_found',
    message: 'User with the requested ID could not be found.',
  });
});

test('refuses a second user with the ID or the e-mail of the first', async () => {
  expect(await refusal(users.create('c1', 'other@example.com', 'long enough'))).toMatchObject({
    code: 409,
    type: 'user_already_exists',
  });
  expect(await refusal(users.create('c2', 'c1@example.com', 'long enough'))).toMatchObject({
    code: 409,
    type: 'user_email_already_exists',
  });
});

test('lists, searches and pages with the parameters of 0.15', async () => {
  for (const id of ['p1', 'p2', 'p3', 'p4'])
    await users.create(id, `${id}@pages.test`, 'long enough', `Page ${id}`);
  const ids = async (...args: unknown[]) =>
    (await users.list(...args)).users.map(({ $id }: { $id: string }) => $id);
  expect(await ids('pages.test')).toEqual(['p1', 'p2', 'p3', 'p4']);
  expect(await ids('pages.test', 2, 1)).toEqual(['p2', 'p3']);
  expect(await ids('pages.test', 2, 0, 'p2', 'after')).toEqual(['p3', 'p4']);
  expect(await ids('pages.test', 2, 0, 'p4', 'before')).toEqual(['p2', 'p3']);
  expect(await ids('pages.test', 2, 0, undefined, undefined, 'DESC')).toEqual(['p4', 'p3']);
  expect(await users.list('pages.test', 0)).toEqual({ total: 4, users: [] });
  expect(await refusal(users.list('', 2, 0, 'nobody'))).toMatchObject({
    code: 400,
    type: 'general_cursor_not_found',
  });
});

test('changes name, e-mail, phone, password, status and verifications', async () => {
  expect((await users.updateName('c1', 'Renamed')).name).toBe('Renamed');
  expect(await users.updateEmail('c1', 'C1b@example.com')).toMatchObject({
    email: 'c1b@example.com',
    emailVerification: false,
  });
  expect(await users.updatePhone('c1', '+4987654321')).toMatchObject({
    phone: '+4987654321',
    phoneVerification: false,
  });
  expect((await users.updatePassword('c1', 'longer than before')).passwordUpdate).toEqual(unix());
  expect((await users.updateEmailVerification('c1', true)).emailVerification).toBe(true);
  expect((await users.updatePhoneVerification('c1', true)).phoneVerification).toBe(true);
  expect((await users.updateStatus('c1', false)).status).toBe(false);
  expect((await users.updateStatus('c1', true)).status).toBe(true);
  expect(await refusal(users.updatePassword('c1', 'short'))).toMatchObject({
    code: 400,
    type: 'general_argument_invalid',
  });
});

test('keeps preferences as they went in', async () => {
  const prefs = { nested: [1, [2, { deep: {} }]], empty: {}, emoji: '👩‍🚀', number: 1.5 };
  expect(await users.updatePrefs('c1', prefs)).toEqual(prefs);
  expect(await users.getPrefs('c1')).toEqual(prefs);
  const refused = await refusal(users.updatePrefs('c1', JSON.parse('{"a": {"constructor": 1}}')));
  expect(refused).toMatchObject({ code: 400, type: 'general_argument_invalid' });
});

test('lists and deletes sessions', async () => {
  const made = await fetch(`${inject('endpoint')}/users/c1/sessions`, {
    method: 'POST',
    headers: { 'x-appwrite-key': inject('rootKey') },
  });
  const { $id } = v.parse(v.object({ $id: v.string() }), await made.json());
  const { total, sessions } = await users.getSessions('c1');
  expect({
    total,
    ids: sessions.map((session: { $id: string }) => session.$id),
    expire: sessions[0]?.expire,
  }).toEqual({
    total: 1,
    ids: [$id],
    expire: unix(),
  });
  expect(await refusal(users.deleteSession('c1', 'nothing'))).toMatchObject({
    code: 404,
    type: 'user_session_not_found',
  });
  expect(await users.deleteSession('c1', $id)).toBe('');
  expect(await users.deleteSessions('c1')).toBe('');
  expect((await users.getSessions('c1')).total).toBe(0);
});

test('shows the log, newest first, in the events of 0.15', async () => {
  const { total, logs } = await users.getLogs('c1', 2, 0);
  expect(total).toBeGreaterThan(10);
  expect(logs.map(({ event }: { event: string }) => event)).toEqual([
    expect.stringMatching(/^users\.c1\.sessions\.[0-9a-f]{20}\.delete$/),
    expect.stringMatching(/^users\.c1\.sessions\.[0-9a-f]{20}\.create$/),
  ]);
  expect(logs[0]).toMatchObject({ time: unix(), userId: 'root', userName: 'Root key', clientName: 'Axios' });
});

test('lists memberships', async () => {
  expect(await users.getMemberships('c1')).toEqual({ total: 0, memberships: [] });
});

test('is told what a wrong key is, and what a wrong project is', async () => {
  const wrong = new Users(new Client().setEndpoint(inject('endpoint')).setProject('default').setKey('wrong'));
  expect(await refusal(wrong.list())).toMatchObject({ code: 401, type: 'user_unauthorized' });
  const other = new Users(
    new Client().setEndpoint(inject('endpoint')).setProject('other').setKey(inject('rootKey')),
  );
  expect(await refusal(other.list())).toMatchObject({ code: 404, type: 'project_not_found' });
});

test('deletes a user, whose ID and e-mail are then free', async () => {
  expect(await users.delete('c1')).toBe('');
  expect(await refusal(users.delete('c1'))).toMatchObject({ code: 404, type: 'user_not_found' });
  expect((await users.create('c1', 'c1b@example.com', 'long enough')).$id).toBe('c1');
});
