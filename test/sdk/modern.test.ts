import { AppwriteException, Client, ID, Query, Users } from 'node-appwrite';
import { expect, inject, test } from 'vitest';

/* node-appwrite 27.1.0, the newest server SDK, unmodified. */

const client = new Client().setEndpoint(inject('endpoint')).setProject('default').setKey(inject('rootKey'));
const users = new Users(client);

const iso = () => expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);

/** The SDK's objects have no prototype, and its numbers beyond 2^53 are BigInts. */
const plain = (value: object) => Object.fromEntries(Object.entries(value));

const refusal = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppwriteException)) throw new Error(`no AppwriteException: ${error}`);
  return { code: error.code, type: error.type, message: error.message };
};

test('creates a user and answers it in the newest model', async () => {
  const user = await users.create({
    userId: 'm1',
    email: 'M1@Example.com',
    phone: '+4911111111',
    password: 'long enough',
    name: 'Modern One',
  });
  expect(plain(user)).toMatchObject({
    $id: 'm1',
    $createdAt: iso(),
    $updatedAt: iso(),
    name: 'Modern One',
    password: expect.stringMatching(/^\$argon2id\$v=19\$/),
    hash: 'argon2',
    registration: iso(),
    status: true,
    labels: [],
    passwordUpdate: iso(),
    email: 'm1@example.com',
    phone: '+4911111111',
    emailVerification: false,
    phoneVerification: false,
    mfa: false,
    accessedAt: '',
  });
});

test('makes a user of nothing but an ID, and takes an ID of the SDK', async () => {
  const { $id, email } = await users.create({ userId: ID.unique() });
  expect([$id, email]).toEqual([expect.stringMatching(/^[0-9a-f]{20}$/), '']);
  await users.delete({ userId: $id });
});

test('gets a user, and tells a missing one by its type', async () => {
  expect((await users.get({ userId: 'm1' })).email).toBe('m1@example.com');
  expect(await refusal(users.get({ userId: 'nobody' }))).toEqual({
    code: 404,
    type: 'user_not_found',
    message: 'User with the requested ID could not be found.',
  });
});

test('tells each duplicate by its own type', async () => {
  expect(await refusal(users.create({ userId: 'm1' }))).toMatchObject({
    code: 409,
    type: 'user_already_exists',
  });
  const email = { userId: 'm2', email: 'm1@example.com' };
  expect(await refusal(users.create(email))).toMatchObject({ code: 409, type: 'user_email_already_exists' });
  const phone = { userId: 'm2', phone: '+4911111111' };
  expect(await refusal(users.create(phone))).toMatchObject({ code: 409, type: 'user_phone_already_exists' });
});

test('lists with and without a search, a total and queries', async () => {
  for (const id of ['q1', 'q2', 'q3'])
    await users.create({ userId: id, email: `${id}@queries.test`, name: `Query ${id}` });
  expect((await users.list()).total).toBeGreaterThan(3);
  const found = await users.list({ search: 'queries.test' });
  expect([found.total, found.users.map(({ $id }) => $id)]).toEqual([3, ['q1', 'q2', 'q3']]);
  expect((await users.list({ search: 'queries.test', total: false })).total).toBe(0);
  const queries = [Query.endsWith('email', '@queries.test'), Query.orderDesc('name'), Query.limit(2)];
  expect((await users.list({ queries })).users.map(({ $id }) => $id)).toEqual(['q3', 'q2']);
  const after = [...queries, Query.cursorAfter('q2')];
  expect((await users.list({ queries: after })).users.map(({ $id }) => $id)).toEqual(['q1']);
  const nonsense = [Query.equal('nonsense', ['x'])];
  expect(await refusal(users.list({ queries: nonsense }))).toMatchObject({
    code: 400,
    type: 'general_query_invalid',
  });
});

test('changes name, e-mail, phone, password, status and verifications', async () => {
  const userId = 'm1';
  expect((await users.updateName({ userId, name: 'Renamed' })).name).toBe('Renamed');
  expect(await users.updateEmail({ userId, email: 'M1b@example.com' })).toMatchObject({
    email: 'm1b@example.com',
    emailVerification: false,
  });
  expect(await users.updatePhone({ userId, number: '+4922222222' })).toMatchObject({
    phone: '+4922222222',
    phoneVerification: false,
  });
  expect((await users.updatePassword({ userId, password: 'longer than before' })).passwordUpdate).toEqual(
    iso(),
  );
  expect((await users.updateEmailVerification({ userId, emailVerification: true })).emailVerification).toBe(
    true,
  );
  expect((await users.updatePhoneVerification({ userId, phoneVerification: true })).phoneVerification).toBe(
    true,
  );
  expect((await users.updateStatus({ userId, status: false })).status).toBe(false);
  expect(await refusal(users.createSession({ userId }))).toMatchObject({ code: 403, type: 'user_blocked' });
  expect((await users.updateStatus({ userId, status: true })).status).toBe(true);
  expect(await refusal(users.updateEmail({ userId, email: 'nonsense' }))).toEqual({
    code: 400,
    type: 'general_argument_invalid',
    message: 'Invalid `email` param: Value must be a valid email address',
  });
});

test('keeps preferences as they went in, integers beyond 2^53 included', async () => {
  const prefs = { nested: [1, [2, { deep: {} }]], emoji: '👩‍🚀', big: 9007199254740993n };
  await users.updatePrefs({ userId: 'm1', prefs });
  const back = plain(await users.getPrefs({ userId: 'm1' }));
  expect(String(back.big)).toBe('9007199254740993');
  expect(JSON.parse(JSON.stringify({ nested: back.nested, emoji: back.emoji }))).toEqual({
    nested: prefs.nested,
    emoji: prefs.emoji,
  });
});

test('makes, lists and deletes sessions; the secret is shown once', async () => {
  const userId = 'm1';
  const session = await users.createSession({ userId });
  expect(plain(session)).toMatchObject({
    userId,
    provider: 'server',
    expire: iso(),
    factors: ['server'],
    current: false,
  });
  expect(session.secret).not.toBe('');
  const { total, sessions } = await users.listSessions({ userId });
  expect([total, sessions[0]?.$id, sessions[0]?.secret]).toEqual([1, session.$id, '']);
  const nothing = { userId, sessionId: 'nothing' };
  expect(await refusal(users.deleteSession(nothing))).toMatchObject({
    code: 404,
    type: 'user_session_not_found',
  });
  await users.deleteSession({ userId, sessionId: session.$id });
  await users.createSession({ userId });
  await users.deleteSessions({ userId });
  expect((await users.listSessions({ userId })).total).toBe(0);
});

test('makes one-time tokens and JWTs', async () => {
  const token = await users.createToken({ userId: 'm1', length: 12, expire: 60 });
  expect(token.secret).toMatch(/^[0-9a-f]{12}$/);
  expect((await users.createJWT({ userId: 'm1' })).jwt.split('.')).toHaveLength(3);
});

test('shows the log, newest first, with who did it', async () => {
  const { total, logs } = await users.listLogs({ userId: 'm1', queries: [Query.limit(1)] });
  expect([Number(total) > 10, logs.length]).toEqual([true, 1]);
  expect(plain(logs[0] ?? {})).toMatchObject({
    event: 'tokens.create',
    userName: 'Root key',
    userType: 'keyProject',
    time: iso(),
  });
});

test('lists memberships', async () => {
  expect(await users.listMemberships({ userId: 'm1' })).toMatchObject({ total: 0, memberships: [] });
});

test('is told what a wrong key is', async () => {
  const wrong = new Users(new Client().setEndpoint(inject('endpoint')).setProject('default').setKey('wrong'));
  expect(await refusal(wrong.list())).toEqual({
    code: 401,
    type: 'user_unauthorized',
    message: 'The current user is not authorized to perform the requested action.',
  });
});

test('deletes a user', async () => {
  await users.delete({ userId: 'm1' });
  expect(await refusal(users.delete({ userId: 'm1' }))).toMatchObject({ code: 404, type: 'user_not_found' });
});
