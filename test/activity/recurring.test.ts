import { beforeEach, describe, expect, test } from 'vitest';
import { api, type Call, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError, expectExactly } from '../support/expect';
import { freshId, newKey, newSession, newUser, spendBudget, withSession } from '../support/given';
import { newToken, signInWithTokenAt, tryInVain } from '../support/guessing';
import { answerChallenge, newChallenge, newMfaUser, newRecoveryCodes } from '../support/mfa';
import { NOW, UNKNOWN_CLIENT } from '../support/models';
import { emptyStores, eventsOf, rows } from '../support/rows';

stopClock();
beforeEach(emptyStores);

const MINUTE = 60_000;
const guest = { 'x-appwrite-key': null };

interface Line {
  event: string;
  count?: number;
}

const logsOf = async (user: string, headers = {}): Promise<Line[]> =>
  (await api(`GET /users/${user}/logs`, { headers })).body.logs;

/** The lines of one event, as they are stored. */
const lines = (event: string) => rows('SELECT * FROM activity WHERE event = ? ORDER BY seq', event);

/** How often usage says that something happened. */
const used = async (metric: string) =>
  (await rows('SELECT value FROM usage WHERE metric = ?', metric)).map(({ value }) => value);

describe('Failed sign-ins', () => {
  const PASSWORD = 'correct horse';
  const newMember = async () => {
    const email = `${freshId('member')}@example.com`;
    return { user: await newUser({ email, password: PASSWORD, name: 'Member' }), email };
  };
  const signIn = (email: string, password: string, headers: Call['headers'] = guest) =>
    api('POST /account/sessions/email', { body: { email, password }, headers });

  test('are one line for an account and quarter of an hour, with their number', async () => {
    const { user, email } = await newMember();
    for (let i = 0; i < 5; i++) await signIn(email, 'wrong horse');
    const [line] = (await api(`GET /users/${user}/logs`)).body.logs;
    expectExactly(line, {
      event: 'session.fail',
      userId: '',
      userEmail: '',
      userName: '',
      mode: 'default',
      userType: 'guest',
      ip: '',
      time: NOW.iso,
      ...UNKNOWN_CLIENT,
      count: 5,
    });
    passTime(15 * MINUTE);
    await signIn(email, 'wrong horse');
    expect((await lines('session.fail')).map(({ count }) => count)).toEqual([5, 1]);
    expect(await used('session.fail')).toEqual([6]);
  });

  test('of many at once are counted each', async () => {
    const { user, email } = await newMember();
    await Promise.all(Array.from({ length: 10 }, () => signIn(email, 'wrong horse')));
    expect(await logsOf(user)).toMatchObject([
      { event: 'session.fail', count: 10 },
      { event: 'user.create' },
    ]);
  });

  test('tell where the first came from', async () => {
    const { email } = await newMember();
    for (const ip of ['203.0.113.7', '203.0.113.8']) {
      await signIn(email, 'wrong horse', { ...guest, 'cf-connecting-ip': ip, 'user-agent': 'curl/8' });
    }
    expect(await lines('session.fail')).toMatchObject([
      { ip: '203.0.113.7', user_agent: 'curl/8', actor_type: 'guest', actor_id: '', count: 2 },
    ]);
  });

  test('are told to a classic client in the events of 0.15', async () => {
    const { user, email } = await newMember();
    await signIn(email, 'wrong horse');
    const [line] = await logsOf(user, CLASSIC);
    expect(line).toMatchObject({ event: `users.${user}.sessions.fail`, count: 1 });
  });

  test('are those of a user without a password, of a blocked one, and by a one-time token', async () => {
    const email = 'none@example.com';
    const [bare, blocked] = [await newUser({ email }), await newMember()];
    await signIn(email, 'wrong horse');
    expect(await eventsOf(bare)).toEqual(['user.create', 'session.fail']);

    await api(`PATCH /users/${blocked.user}/status`, { body: { status: false } });
    expectError(await signIn(blocked.email, PASSWORD), 'user_blocked');
    expect(await eventsOf(blocked.user)).toEqual(['user.create', 'user.update', 'session.fail']);

    const { user } = await newMember();
    const body = { userId: user, secret: 'wrong' };
    expectError(await api('POST /account/sessions/token', { body, headers: guest }), 'user_invalid_token');
    expect(await eventsOf(user)).toEqual(['user.create', 'session.fail']);
  });

  test('are those that were tried: what is refused unheard is neither counted nor written down', async () => {
    const { user, email } = await newMember();
    await tryInVain(14, () => signIn(email, 'wrong horse'));
    expect(await logsOf(user)).toMatchObject([
      { event: 'session.fail', count: 10 },
      { event: 'user.create' },
    ]);
    passTime(60 * MINUTE);
    await Promise.all(Array.from({ length: 20 }, () => signIn(email, 'wrong horse')));
    expect((await logsOf(user))[0]).toMatchObject({ event: 'session.fail', count: 10 });
    const other = await newUser();
    await tryInVain(14, () => signInWithTokenAt(null, other, 'wrong'));
    expect((await signInWithTokenAt(null, other, await newToken(other))).status).toBe(429);
    expect(await logsOf(other)).toMatchObject([
      { event: 'tokens.create' },
      { event: 'session.fail', count: 10 },
      { event: 'user.create' },
    ]);
  });

  test('are no line where they succeed, or where nobody has the address', async () => {
    const { user, email } = await newMember();
    expect((await signIn(email, PASSWORD)).status).toBe(201);
    await signIn('nobody@example.com', PASSWORD);
    await api('POST /account/sessions/token', { body: { userId: 'nobody', secret: 'x' }, headers: guest });
    expect(await eventsOf(user)).toEqual(['user.create', 'session.create']);
    expect(await lines('session.fail')).toEqual([]);
  });

  test('are those with a wrong code of an app or a wrong recovery code, by a line of their own', async () => {
    const { userId, token } = await newMfaUser();
    await newRecoveryCodes(userId);
    const challenge = await newChallenge(token);
    for (const id of [challenge, await newChallenge(token, 'recoverycode')])
      for (let i = 0; i < 2; i++) await answerChallenge(token, id, '000000x');
    expect(await lines('challenge.fail')).toMatchObject([
      { user_id: userId, resource_id: challenge, actor_type: 'guest', actor_id: '', count: 4 },
    ]);
    expect(await lines('session.fail')).toEqual([]);
    await answerChallenge(token, 'nothing', '000000x');
    expect(await used('challenge.fail')).toEqual([4]);
    const [line] = await logsOf(userId, CLASSIC);
    expect(line?.event).toBe(`users.${userId}.challenges.${challenge}.fail`);
  });

  test('are told of who has spent the budget of its own writes too', async () => {
    const { userId, token } = await newMfaUser();
    const challenge = await newChallenge(token);
    await spendBudget(userId);
    await answerChallenge(token, challenge, '000000x');
    expect(await lines('challenge.fail')).toHaveLength(1);
  });

  test('are wrong old passwords too, with the session that tried them', async () => {
    const { user } = await newMember();
    const { id, token } = await newSession(user);
    const body = { oldPassword: 'wrong horse', password: 'another horse' };
    await api('PATCH /account/password', { headers: withSession(token), body });
    expect(await lines('session.fail')).toMatchObject([
      { user_id: user, resource_id: id, actor_type: 'guest', count: 1 },
    ]);
  });

  test('are not those that are refused unseen, since there were too many', async () => {
    const { user, email } = await newMember();
    const { token } = await newMfaUser();
    const challenge = await newChallenge(token);
    for (let i = 0; i < 12; i++) {
      await signIn(email, 'wrong horse');
      await answerChallenge(token, challenge, '000000x');
    }
    const counts = async () =>
      (await rows("SELECT count FROM activity WHERE once <> '' ORDER BY seq")).map(({ count }) => count);
    expect(await counts()).toEqual([10, 10]);
    const other = await newUser();
    const body = { userId: other, secret: 'wrong' };
    for (let i = 0; i < 12; i++) await api('POST /account/sessions/token', { body, headers: guest });
    expect(await counts()).toEqual([10, 10, 10]);
    expect(await eventsOf(user)).toEqual(['user.create', 'session.fail']);
  });

  test('are of the server that tried, where it shows its key', async () => {
    const { email } = await newMember();
    const { id, secret } = await newKey([]);
    await signIn(email, 'wrong horse', { 'x-appwrite-key': secret });
    expect(await lines('session.fail')).toMatchObject([{ actor_type: 'key', actor_id: id }]);
  });
});

describe('Impersonated reads', () => {
  async function newSupporter() {
    const id = await newUser({ name: 'Support', email: `${freshId('support')}@example.com` });
    await api(`PATCH /users/${id}/impersonator`, { body: { impersonator: true } });
    return { id, headers: withSession((await newSession(id)).token) };
  }
  const as = (target: string) => ({ 'x-appwrite-impersonate-user-id': target });

  test('are one line for who reads, whom, and hour, in the log of the one that is read', async () => {
    const [one, other, target] = [await newSupporter(), await newSupporter(), await newUser()];
    const from = { 'cf-connecting-ip': '203.0.113.9' };
    await api('GET /account', { headers: { ...one.headers, ...as(target), ...from } });
    await api('GET /account/prefs', { headers: { ...one.headers, ...as(target) } });
    await api(`GET /users/${target}`, { headers: one.headers });
    await api(`GET /users/${target}/sessions`, { headers: other.headers });
    passTime(60 * MINUTE);
    await api('GET /account', { headers: { ...one.headers, ...as(target) } });

    const { email } = (await api(`GET /users/${one.id}`)).body;
    const { logs } = (await api(`GET /users/${target}/logs`)).body;
    expect(logs).toMatchObject([
      { event: 'impersonator.read', userId: one.id, count: 1 },
      { event: 'impersonator.read', userId: other.id, count: 1 },
      {
        event: 'impersonator.read',
        userId: one.id,
        userName: 'Support',
        userEmail: email,
        userType: 'user',
        ip: '203.0.113.9',
        count: 3,
      },
      { event: 'user.create' },
    ]);
    expect(logs[3]).not.toHaveProperty('count');
    expect(await eventsOf(one.id)).not.toContain('impersonator.read');
  });

  test('are in the log of one that has spent its own budget of writes, and take nothing from it', async () => {
    const [{ headers }, target] = [await newSupporter(), await newUser()];
    await api(`GET /users/${target}`, { headers });
    expect(await rows('SELECT * FROM budgets')).toEqual([]);
    passTime(60 * MINUTE);
    await spendBudget(target);
    expect((await api(`GET /users/${target}`, { headers })).status).toBe(200);
    expect(await eventsOf(target)).toEqual(['user.create', 'impersonator.read', 'impersonator.read']);
  });

  test('of lists are of nobody in particular, and in no user’s log', async () => {
    const { id, headers } = await newSupporter();
    await api('GET /users', { headers });
    await api('GET /users/identities', { headers });
    expect(await lines('impersonator.read')).toMatchObject([
      { user_seq: 0, user_id: '', actor_type: 'user', actor_id: id, count: 2 },
    ]);
  });

  test('are no line where nothing was read, or a user read itself, or a key did', async () => {
    const { id, headers } = await newSupporter();
    const target = await newUser();
    await api('GET /users/nobody', { headers });
    await api('GET /account', { headers: { ...headers, ...as('nobody') } });
    await api('GET /account', { headers });
    await api(`GET /users/${id}`, { headers });
    await api(`GET /users/${target}`, { headers: as(target) });
    expect(await lines('impersonator.read')).toEqual([]);
  });
});

describe('The log tells', () => {
  test('JWTs and one-time tokens that a key makes', async () => {
    const user = await newUser();
    const { id: session } = await newSession(user);
    const key = await newKey(['users.write', 'users.read']);
    const headers = { 'x-appwrite-key': key.secret };
    await api(`POST /users/${user}/jwts`, { headers, body: {} });
    await api(`POST /users/${user}/jwts`, { headers, body: { sessionId: 'recent' } });
    const { body } = await api(`POST /users/${user}/tokens`, { headers, body: {} });
    const made = (await rows('SELECT * FROM activity WHERE user_id = ? ORDER BY seq', user)).slice(2);
    expect(made).toMatchObject([
      { event: 'jwts.create', resource_id: '', actor_type: 'key', actor_id: key.id },
      { event: 'jwts.create', resource_id: session },
      { event: 'tokens.create', resource_id: body.$id, actor_id: key.id },
    ]);
    const events = (await logsOf(user, CLASSIC)).map(({ event }) => event);
    expect(events.slice(1, 3)).toEqual([`users.${user}.jwts.${session}.create`, `users.${user}.jwts.create`]);
    await api(`POST /users/${user}/jwts`, { headers, body: { sessionId: 'nothing' } });
    expect(await lines('jwts.create')).toHaveLength(2);
  });

  test('the capability to act as others, granted and taken, by events of its own', async () => {
    const user = await newUser();
    for (const impersonator of [true, true, false, false]) {
      await api(`PATCH /users/${user}/impersonator`, { body: { impersonator } });
    }
    expect(await eventsOf(user)).toEqual([
      'user.create',
      'impersonator.create',
      'user.update',
      'impersonator.delete',
      'user.update',
    ]);
    const events = (await logsOf(user, CLASSIC)).map(({ event }) => event);
    expect(events[1]).toBe(`users.${user}.impersonators.delete`);
  });
});
