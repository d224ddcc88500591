import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { stopClock } from '../support/clock';
import { expectAnswer, expectError } from '../support/expect';
import { newIdentity, newKey, newSession, newTarget, newUser } from '../support/given';
import { NOW, UNKNOWN_CLIENT } from '../support/models';
import { activityOf, eventsOf, rows } from '../support/rows';

stopClock();

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

describe("A user's log", () => {
  test('tells what happened, who did it, from where and when, to a modern client', async () => {
    const user = await newUser();
    expectAnswer(await api(`GET /users/${user}/logs`), 200, {
      total: 1,
      logs: [
        {
          event: 'user.create',
          userId: 'root',
          userEmail: '',
          userName: 'Root key',
          mode: 'default',
          userType: 'keyProject',
          ip: '',
          time: NOW.iso,
          ...UNKNOWN_CLIENT,
        },
      ],
    });
  });

  test('tells it in the events of 0.15 to a classic client', async () => {
    const user = await newUser();
    const { id } = await newSession(user);
    const { body } = await api(`GET /users/${user}/logs`, { headers: CLASSIC });
    const events = body.logs.map(({ event, time }: { event: string; time: number }) => [event, time]);
    expect(events).toEqual([
      [`users.${user}.sessions.${id}.create`, NOW.seconds],
      [`users.${user}.create`, NOW.seconds],
    ]);
  });

  test('names the key that did it, its client and its country', async () => {
    const user = await newUser();
    const key = await newKey(['users.write']);
    const headers = {
      'x-appwrite-key': key.secret,
      'cf-connecting-ip': '203.0.113.7',
      'user-agent': 'node',
      'x-forwarded-user-agent': FIREFOX,
    };
    const answer = await api(`PATCH /users/${user}/name`, {
      body: { name: 'x' },
      headers,
      cf: { country: 'DE' },
    });
    const [log] = (await api(`GET /users/${user}/logs`, { headers: { 'x-appwrite-locale': 'de' } })).body
      .logs;
    expect(log).toMatchObject({
      event: 'user.update',
      userId: key.id,
      userName: `Key ${key.id}`,
      ip: '203.0.113.7',
      osName: 'GNU/Linux',
      clientName: 'Firefox',
      deviceName: 'desktop',
      countryCode: 'de',
      countryName: 'Deutschland',
    });
    const [, row] = await activityOf(user);
    expect(row?.request_id).toBe(answer.headers.get('x-request-id'));
  });

  test.each([
    ['equal("event",["user.create"])', 'Attribute not found in schema: event (queries[0]: equal("event"))'],
    ['orderAsc("time")', 'Attribute not found in schema: time (queries[0]: orderAsc("time"))'],
    ['cursorAfter("x")', 'This list has no cursor. Use limit and offset. (queries[0]: cursorAfter)'],
    ['select(["event"])', 'Attribute not found in schema: event (queries[0]: select)'],
    ['limit(5001)', 'Invalid limit: Value must be a valid range between 0 and 5,000 (queries[0]: limit)'],
  ])('takes no query but limit and offset: not %s', async (query, why) => {
    const user = await newUser();
    expectError(await api(`GET /users/${user}/logs?queries[]=${query}`), 'general_argument_invalid', {
      message: `Invalid \`queries\` param: Invalid query: ${why}`,
    });
  });

  test('comes in pages, newest first', async () => {
    const user = await newUser();
    for (const name of ['1', '2', '3']) await api(`PATCH /users/${user}/name`, { body: { name } });
    const events = async (query: string) => {
      const { body } = await api(`GET /users/${user}/logs?${query}`);
      return [body.total, body.logs.map(({ event }: { event: string }) => event)];
    };
    expect(await events('limit=1')).toEqual([4, ['user.update']]);
    expect(await events('limit=2&offset=3')).toEqual([4, ['user.create']]);
    expect(await events('queries[]=limit(2)&queries[]=offset(2)')).toEqual([
      4,
      ['user.update', 'user.create'],
    ]);
    expect(await events('total=false&limit=0')).toEqual([0, []]);
  });

  test('has the sessions that were made for the user and that ended', async () => {
    const user = await newUser();
    const { id } = await newSession(user);
    await newSession(user);
    await api(`DELETE /users/${user}/sessions/${id}`);
    await api(`DELETE /users/${user}/sessions`);
    const events = ['user.create', 'session.create', 'session.create', 'session.delete', 'session.delete'];
    expect(await eventsOf(user)).toEqual(events);
  });

  test('does not pass to a new user with the same ID, while the rows stay for operators', async () => {
    const user = await newUser();
    await api(`DELETE /users/${user}`);
    await api('POST /users', { body: { userId: user } });
    expect((await api(`GET /users/${user}/logs`)).body.total).toBe(1);
    expect(await eventsOf(user)).toEqual(['user.create', 'user.delete', 'user.create']);
  });
});

test('No activity row holds a password, a hash or a secret', async () => {
  const user = await newUser({ password: 'swordfish-1', email: 'log@example.com' });
  await api(`PATCH /users/${user}/password`, { body: { password: 'swordfish-2' } });
  const { token } = await newSession(user);
  const { body } = await api(`POST /users/${user}/tokens`, { body: { length: 32 } });
  const stored = JSON.stringify(await rows('SELECT * FROM activity'));
  for (const secret of ['swordfish', 'argon2', token, atob(token).slice(20, 60), body.secret]) {
    expect(stored).not.toContain(secret);
  }
});

test('The verification of an address or number has its own event, in 0.15’s names too', async () => {
  const user = await newUser();
  await api(`PATCH /users/${user}/verification`, { body: { emailVerification: true } });
  await api(`PATCH /users/${user}/verification/phone`, { body: { phoneVerification: true } });
  const events = async (headers: Record<string, string>) =>
    (await api(`GET /users/${user}/logs`, { headers })).body.logs.map(
      ({ event }: { event: string }) => event,
    );
  expect(await events({})).toEqual(['verification.update', 'verification.update', 'user.create']);
  const classic = `users.${user}.verification.${user}.update`;
  expect(await events(CLASSIC)).toEqual([classic, classic, `users.${user}.create`]);
});

test('A classic client is told each event under the plural of what it is about', async () => {
  const user = await newUser();
  const token = (await api(`POST /users/${user}/tokens`, { body: {} })).body.$id;
  const identity = await newIdentity(user);
  const target = await newTarget(user);
  const { body } = await api(`GET /users/${user}/logs`, { headers: CLASSIC });
  expect(body.logs.map(({ event }: { event: string }) => event)).toEqual([
    `users.${user}.targets.${target}.create`,
    `users.${user}.identities.${identity}.create`,
    `users.${user}.tokens.${token}.create`,
    `users.${user}.create`,
  ]);
});
