import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import {
  newIdentity,
  newKey,
  newSession,
  newTarget,
  newUser,
  signInAs,
  UNLIMITED,
  withSession,
} from '../support/given';
import { fates, importRows, type Row } from '../support/importing';
import { emptyStores, eventsOf, rows } from '../support/rows';

beforeEach(emptyStores);

const user = async (id: string) => (await api(`GET /users/${id}`)).body;
const overwrite = (file: readonly Row[], call = {}) => fates(file, 'onDuplicate=overwrite', call);
const lives = async (token: string) =>
  (await api('GET /account', { headers: withSession(token) })).status === 200;

describe('POST /users/import?onDuplicate=overwrite', () => {
  test('replaces what the row tells, leaves the rest, and makes who is not there', async () => {
    await newUser({
      userId: 'a',
      name: 'A',
      email: 'a@example.com',
      phone: '+4915100000001',
      password: 'correct horse',
    });
    await api('PATCH /users/a/verification', { body: { emailVerification: true } });
    const before = await user('a');
    const file = [
      { userId: 'a', name: 'Äda', labels: ['vip'], prefs: { a: 1 } },
      { userId: 'b', name: 'B' },
    ];
    const { lines, counts } = await importRows(file, 'onDuplicate=overwrite');
    expect(lines.map(({ status }) => status)).toEqual(['overwritten', 'created']);
    expect(counts).toEqual({ total: 2, created: 1, skipped: 0, overwritten: 1, refused: 0 });
    const { $updatedAt, targets, ...after } = await user('a');
    expect({ ...after, targets: before.targets }).toEqual({
      ...before,
      $updatedAt: undefined,
      name: 'Äda',
      labels: ['vip'],
      prefs: { a: 1 },
    });
    expect(await eventsOf('a')).toEqual(['user.create', 'verification.update', 'user.update']);
    expect((await api('GET /users?search=ada')).body.total).toBe(1);
    expect((await api('GET /users?search=vip')).body.total).toBe(1);
  });

  test('knows a user by its ID, else its e-mail address, else its phone number, and keeps its ID', async () => {
    await newUser({ userId: 'a', email: 'a@example.com', phone: '+4915100000001' });
    for (const [i, row] of [
      { userId: 'a' },
      { userId: 'x', email: 'A@example.com' },
      { phone: '+4915100000001' },
    ].entries()) {
      const { lines } = await importRows([{ ...row, name: `N${i}` }], 'onDuplicate=overwrite');
      expect(lines).toEqual([{ index: 0, userId: 'a', status: 'overwritten' }]);
      expect((await user('a')).name).toBe(`N${i}`);
    }
    expect(await rows('SELECT id FROM users')).toHaveLength(1);
  });

  test('takes an address away where it is empty, and another one for not verified', async () => {
    const fields = { email: 'a@example.com', phone: '+4915100000001' };
    for (const userId of ['a', 'b', 'c']) {
      await importRows([
        { userId, emailVerification: true, phoneVerification: true, ...(userId === 'a' ? fields : {}) },
      ]);
    }
    await overwrite([
      { userId: 'a', email: '', phone: '' },
      { userId: 'b', email: 'b@example.com', phone: '+4915100000002' },
      { userId: 'c', email: 'c@example.com', emailVerification: true },
    ]);
    const none = { emailVerification: false, phoneVerification: false };
    expect(await user('a')).toMatchObject({ email: '', phone: '', ...none, targets: [] });
    expect(await user('b')).toMatchObject({ email: 'b@example.com', phone: '+4915100000002', ...none });
    expect(await user('c')).toMatchObject({ email: 'c@example.com', emailVerification: true });
  });

  test('refuses an address of somebody else, in the words of a single change', async () => {
    await newUser({ userId: 'a', email: 'a@example.com', phone: '+4915100000001' });
    await newUser({ userId: 'b' });
    await newTarget('b', { targetId: 't', providerType: 'email', identifier: 't@example.com' });
    await newIdentity('b', { providerEmail: 'i@example.com' });
    await newUser({ userId: 'c' });
    const told = await overwrite([
      { userId: 'c', email: 'a@example.com' },
      { userId: 'c', phone: '+4915100000001' },
      { userId: 'c', email: 't@example.com' },
    ]);
    expect(told).toEqual([
      'user_target_already_exists: A user with the same email already exists in the current project.',
      'user_target_already_exists: A user with the same phone number already exists in the current project.',
      'user_target_already_exists: A target of another user with the same email already exists in the current project.',
    ]);
    expect((await overwrite([{ userId: 'c', email: 'i@example.com' }]))[0]).toMatch(
      /^user_email_already_exists/,
    );
    expect(await user('c')).toMatchObject({ email: '', phone: '' });
  });

  test('ends the sessions and tokens of whom it blocks or gives another password, and of nobody else', async () => {
    const ids = ['blocked', 'changed', 'same', 'named'];
    const hash = { hash: '5d41402abc4b2a76b9719d911017c592', algorithm: 'md5' };
    const held = new Map<string, { token: string; secret: string; jwt: string }>();
    for (const userId of ids) {
      await importRows([{ userId, ...hash }]);
      const { token } = await newSession(userId);
      const { secret } = (await api(`POST /users/${userId}/tokens`, { body: {} })).body;
      const { jwt } = (await api(`POST /users/${userId}/jwts`, { body: {} })).body;
      held.set(userId, { token, secret, jwt });
    }
    await overwrite([
      { userId: 'blocked', status: false },
      { userId: 'changed', hash: '7d793037a0760186574b0282f2f435e7', algorithm: 'md5' },
      { userId: 'same', ...hash },
      { userId: 'named', name: 'N', status: true },
    ]);
    for (const userId of ids) {
      const { token = '', secret, jwt = '' } = held.get(userId) ?? {};
      const stays = userId === 'same' || userId === 'named';
      expect([userId, await lives(token)]).toEqual([userId, stays]);
      const headers = { 'x-appwrite-key': null, 'x-appwrite-jwt': jwt };
      expect([userId, (await api('GET /account', { headers })).status === 200]).toEqual([userId, stays]);
      const body = { userId, secret };
      expect((await api('POST /account/sessions/token', { body, env: UNLIMITED })).status === 201).toBe(
        stays,
      );
    }
    expect(await eventsOf('changed')).toContain('session.delete');
    expect((await user('changed')).passwordUpdate).not.toBe('');
  });

  test('leaves sessions where the deployment says so, but ends tokens', async () => {
    await newUser({ userId: 'a' });
    const { token } = await newSession('a');
    const env = { REVOKE_ON_PASSWORD_CHANGE: 'false' };
    await overwrite([{ userId: 'a', password: 'correct horse' }], { env });
    expect(await lives(token)).toBe(true);
    expect(await rows('SELECT * FROM tokens')).toEqual([]);
  });

  test('keeps the password history, and refuses a password that was used', async () => {
    const env = { PASSWORD_HISTORY: '2' };
    await newUser({ userId: 'a', email: 'a@example.com', password: 'correct horse' });
    expect(await overwrite([{ userId: 'a', password: 'battery staple' }], { env })).toEqual(['overwritten']);
    const [again] = await overwrite([{ email: 'a@example.com', password: 'correct horse' }], { env });
    expect(again).toMatch(/^password_recently_used/);
    expect(await overwrite([{ userId: 'a', password: 'another one 1' }], { env })).toEqual(['overwritten']);
    expect(await overwrite([{ userId: 'a', password: 'correct horse' }], { env })).toEqual(['overwritten']);
  });

  test('adds targets, identities and memberships, and brings to the row what is there', async () => {
    await api('POST /teams', { body: { teamId: 'team', name: 'Team' } });
    await newUser({ userId: 'a', email: 'a@example.com' });
    const [own] = (await user('a')).targets;
    const row = {
      userId: 'a',
      targets: [
        { targetId: 't', providerType: 'push', identifier: 'device-a', name: 'Old' },
        { providerType: 'email', identifier: 'a@example.com', name: 'Work' },
      ],
      identities: [{ identityId: 'i', provider: 'github', providerUid: '1', providerEmail: 'g@example.com' }],
      memberships: [{ teamId: 'team', roles: ['owner'] }],
    };
    expect(await overwrite([row])).toEqual(['overwritten']);
    const later = {
      ...row,
      targets: [{ targetId: 't', providerType: 'push', identifier: 'device-b', name: 'New' }],
      memberships: [{ teamId: 'team', roles: ['editor'] }],
    };
    expect(await overwrite([later])).toEqual(['overwritten']);
    const { targets } = (await api('GET /users/a/targets')).body;
    expect(targets).toHaveLength(2);
    expect(targets).toContainEqual(
      expect.objectContaining({ $id: 't', identifier: 'device-b', name: 'New' }),
    );
    expect(targets).toContainEqual(expect.objectContaining({ identifier: 'a@example.com', name: 'Work' }));
    expect(own).toMatchObject({ identifier: 'a@example.com' });
    expect((await api('GET /users/identities')).body.identities).toMatchObject([{ $id: 'i' }]);
    expect((await api('GET /users/a/memberships')).body.memberships).toMatchObject([{ roles: ['editor'] }]);
    expect((await api('GET /teams/team')).body.total).toBe(1);
    expect(await eventsOf('a')).toEqual([
      ...[
        'user.create',
        'user.update',
        'target.create',
        'target.update',
        'identity.create',
        'membership.create',
      ],
      ...['user.update', 'target.update', 'membership.update'],
    ]);
  });

  test('takes rows about one user one after another', async () => {
    await newUser({ userId: 'a', email: 'a@example.com' });
    const told = await overwrite([
      { userId: 'a', name: 'First' },
      { email: 'a@example.com', name: 'Second', phone: '+4915100000001' },
      { phone: '+4915100000001', name: 'Third' },
    ]);
    expect(told).toEqual(['overwritten', 'overwritten', 'overwritten']);
    expect((await user('a')).name).toBe('Third');
  });

  test('needs users.read for what lets somebody in as a user that may act as others', async () => {
    for (const userId of ['a', 'b']) await newUser({ userId, email: `${userId}@example.com` });
    await api('PATCH /users/a/impersonator', { body: { impersonator: true } });
    const headers = { 'x-appwrite-key': (await newKey(['users.write'])).secret };
    const change = { hash: '5d41402abc4b2a76b9719d911017c592', algorithm: 'md5' };
    const told = await overwrite(
      [
        { userId: 'a', ...change },
        { userId: 'b', ...change },
      ],
      { headers },
    );
    expect(told[0]).toMatch(/^general_unauthorized_scope: The user may act as others/);
    expect(told[1]).toBe('overwritten');
    expect(await overwrite([{ userId: 'a', name: 'New', labels: [] }], { headers })).toEqual(['overwritten']);
    const both = { 'x-appwrite-key': (await newKey(['users.write', 'users.read'])).secret };
    expect(await overwrite([{ userId: 'a', ...change }], { headers: both })).toEqual(['overwritten']);
  });

  test('ends what a key made that reads no users, where it lets a user act as others', async () => {
    await newUser({ userId: 'a' });
    const key = { 'x-appwrite-key': (await newKey(['sessions.write'])).secret };
    const { secret } = (await api('POST /users/a/sessions', { headers: key, body: {} })).body;
    const own = (await signInAs('a')).body.secret;
    await overwrite([{ userId: 'a', impersonator: true }]);
    expect(await lives(secret)).toBe(false);
    expect(await lives(own)).toBe(true);
    expect(await eventsOf('a')).toContain('impersonator.create');
    await overwrite([{ userId: 'a', impersonator: false }]);
    expect(await eventsOf('a')).toContain('impersonator.delete');
  });
});
