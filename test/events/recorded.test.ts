import { describe, expect, test } from 'vitest';
import { allNames, isPattern, isTold, wholeNames } from '../../src/activity/eventNames';
import { endpoints } from '../../src/app';
import { api } from '../support/api';
import { namedEndpoints, nameOf, toApi, validCall } from '../support/calls';
import { NO_QUEUE } from '../support/delivering';
import { freshId, newMembership, newSession, newTeam, newUser, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { newInbox } from '../support/receivers/inbox';
import { row, rows } from '../support/rows';
import { cron } from '../support/worker';

withoutWebhooks();

const EVERYTHING = ['users.*', 'teams.*', 'keys.*', 'webhooks.*'];

/** What stays in the log: what somebody asked of a webhook's deliveries. */
const UNTOLD = ['webhook.test', 'webhook.retry', 'webhook.replay'];

const changing = namedEndpoints.filter(([, { event }]) => event !== null && !UNTOLD.includes(event));

test.each(
  endpoints.filter(({ event }) => event !== null && !UNTOLD.includes(event)).map((one) => [nameOf(one), one]),
)(
  'The event that %s declares has a name, and what it changes is one that webhooks may subscribe to',
  (_, { event, attribute }) => {
    expect(isTold(event ?? '')).toBe(true);
    for (const name of allNames(event ?? '', attribute)) {
      const text = name.map((segment) => (typeof segment === 'string' ? segment : 'some.id')).join('.');
      expect(isPattern(text), text).toBe(true);
    }
    if (attribute !== '') expect(wholeNames(event ?? '', attribute)[0]?.at(-1)).toBe(attribute);
  },
);

describe.each(changing)('%s', (_, endpoint) => {
  test('is told to a webhook in the change’s own transaction, without a hash or a secret', async () => {
    const [route, call] = toApi(endpoint, await validCall(endpoint));
    await newWebhook({ events: EVERYTHING });
    const { seq: before } = await row('SELECT max(seq) AS seq FROM activity');
    const answer = await api(route, call);
    expect(answer.status).toBe(endpoint.status);
    const told = await rows(
      'SELECT event_seq, event FROM deliveries WHERE event_seq > ? ORDER BY event_seq',
      before,
    );
    const logged = await rows('SELECT seq, event FROM activity WHERE seq > ? ORDER BY seq', before);
    const expected = logged.filter(({ event }) => isTold(String(event))).map(({ seq }) => seq);
    expect(expected.length).toBeGreaterThan(0);
    expect(told.map(({ event_seq }) => event_seq)).toEqual(expected);
    for (const { event } of told) expect(String(event)).not.toMatch(SECRETS);
    for (const secret of secretsOf(answer.body)) expect(JSON.stringify(told)).not.toContain(secret);
  });
});

const SECRETS = /\$argon2|\$2[aby]\$|whsec_|"(secret|password|secretHash|authPassword|hashOptions)":/;

/** What the answer tells this once. */
function secretsOf(body: Record<string, unknown> | undefined): string[] {
  return ['secret', 'jwt', 'password']
    .map((name) => String(body?.[name] ?? ''))
    .filter((text) => text.length > 3);
}

/** What a webhook of everything gets of a call. */
async function toldOf(
  work: () => Promise<unknown>,
): Promise<{ names: string[]; body: Record<string, unknown> }[]> {
  const inbox = newInbox();
  await newWebhook({ url: inbox.url, events: EVERYTHING });
  await rows('DELETE FROM deliveries');
  await work();
  await cron(NO_QUEUE);
  return (await inbox.received()).map(({ headers, body }) => ({
    names: (headers['x-appwrite-webhook-events'] ?? '').split(','),
    body: JSON.parse(body),
  }));
}

const nameOfFirst = (told: { names: string[] }[]) => told[0]?.names ?? [];

describe('An event tells the thing as its change left it:', () => {
  test.each([
    ['email', { email: 'new@example.org' }, 'email'],
    ['name', { name: 'New' }, 'name'],
    ['prefs', { prefs: { big: 1, theme: 'dark' } }, 'prefs'],
    ['status', { status: false }, 'status'],
    ['password', { password: 'correct horse' }, 'password'],
    ['phone', { number: '+4915112345678' }, 'phone'],
    ['mfa', { mfa: true }, 'mfa'],
    ['impersonator', { impersonator: true }, 'impersonator'],
  ])('a user whose %s has changed', async (path, body, attribute) => {
    const userId = await newUser({ email: `${freshId('mail')}@example.org` });
    const told = await toldOf(() => api(`PATCH /users/${userId}/${path}`, { body }));
    expect(nameOfFirst(told)).toEqual([
      `users.${userId}`,
      `users.${userId}.update`,
      `users.${userId}.update.${attribute}`,
      'users.*',
      'users.*.update',
      `users.*.update.${attribute}`,
    ]);
    const { body: now } = await api(`GET /users/${userId}`);
    expect(told[0]?.body).toEqual({ ...now, password: null, hashOptions: null });
    expect(told).toHaveLength(1);
  });

  test('a user whose address a server has verified goes by both of its names', async () => {
    const userId = await newUser();
    const told = await toldOf(() =>
      api(`PATCH /users/${userId}/verification`, { body: { emailVerification: true } }),
    );
    expect(nameOfFirst(told)).toEqual(
      expect.arrayContaining([
        `users.${userId}.update.verification`,
        'users.*.update',
        'users.*.verification.*.update',
      ]),
    );
    expect(told[0]?.body).toMatchObject({ $id: userId, emailVerification: true });
  });

  test('a session, without its secret', async () => {
    const userId = await newUser();
    const told = await toldOf(() => newSession(userId));
    const { sessions } = (await api(`GET /users/${userId}/sessions`)).body;
    expect(told.map(({ body }) => body)).toEqual([{ ...sessions[0], secret: '' }]);
    expect(nameOfFirst(told)).toEqual(
      expect.arrayContaining([
        `users.${userId}.sessions.${sessions[0].$id}.create`,
        'users.*.sessions.*',
        'users.*',
      ]),
    );
  });

  test('a membership and a team', async () => {
    const [teamId, userId] = [await newTeam(), await newUser({ email: `${freshId('mail')}@example.org` })];
    const body = { roles: ['owner'], userId };
    const told = await toldOf(() => api(`POST /teams/${teamId}/memberships`, { body }));
    const { memberships } = (await api(`GET /teams/${teamId}/memberships`)).body;
    expect(told.map(({ body }) => body)).toEqual(memberships);
    expect(nameOfFirst(told)).toEqual(
      expect.arrayContaining([`teams.${teamId}.memberships.${memberships[0].$id}.create`, 'teams.*']),
    );
    const prefs = await toldOf(() => api(`PUT /teams/${teamId}/prefs`, { body: { prefs: { a: 1 } } }));
    expect(nameOfFirst(prefs)).toContain('teams.*.update.prefs');
    expect(prefs[0]?.body).toEqual((await api(`GET /teams/${teamId}`)).body);
  });

  test('a newcomer that an invitation makes, and its membership', async () => {
    const teamId = await newTeam();
    const email = `${freshId('mail')}@example.org`;
    const told = await toldOf(() => api(`POST /teams/${teamId}/memberships`, { body: { roles: [], email } }));
    // Of two things, which are sent side by side.
    expect(told.map(({ body }) => body.email ?? `member ${body.userEmail}`).toSorted()).toEqual([
      email,
      `member ${email}`,
    ]);
  });

  test('what is deleted by its IDs: a team, and the memberships that go with it', async () => {
    const [teamId, userId] = [await newTeam(), await newUser()];
    const membershipId = await newMembership(teamId, userId);
    const told = await toldOf(() => api(`DELETE /teams/${teamId}`));
    expect(told.map(({ body }) => body)).toEqual(
      expect.arrayContaining([{ $id: membershipId, userId, teamId }, { $id: teamId }]),
    );
    expect(told.flatMap(({ names }) => names)).toEqual(
      expect.arrayContaining([
        `teams.${teamId}.memberships.${membershipId}.delete`,
        `teams.${teamId}.delete`,
      ]),
    );
  });

  test('an ID with periods in it', async () => {
    const userId = 'a.create.update';
    const told = await toldOf(() => api('POST /users', { body: { userId } }));
    expect(nameOfFirst(told)).toContain('users.a.create.update.create');
  });
});

describe('A deleted user', () => {
  test('is told to be gone by its ID, and nothing is kept or sent of what it was', async () => {
    const inbox = newInbox();
    await newWebhook({ url: inbox.url, events: EVERYTHING });
    const userId = await newUser({ email: 'secret@person.example', name: 'Secret Person' });
    await newSession(userId);
    await newMembership(await newTeam(), userId);
    await api(`PATCH /users/${userId}/name`, { body: { name: 'Secret Name' } });
    expect((await api(`DELETE /users/${userId}`)).status).toBe(204);
    const kept = JSON.stringify(await rows('SELECT * FROM deliveries'));
    expect(kept).not.toMatch(/secret@person|Secret (Person|Name)/);
    await cron(NO_QUEUE);
    const received = await inbox.received();
    expect(JSON.stringify(received)).not.toMatch(/secret@person|Secret (Person|Name)/);
    const told = received.map(({ headers }) => headers['x-appwrite-webhook-events']?.split(',')[1]);
    expect(told).toContain(`users.${userId}.delete`);
    expect(
      JSON.parse(
        received.find(({ headers }) => headers['x-appwrite-webhook-events']?.includes(`${userId}.delete,`))
          ?.body ?? '',
      ),
    ).toEqual({
      $id: userId,
    });
  });

  test('with more activity than its deletion can erase is erased by the cron trigger', async () => {
    await newWebhook({ events: ['users.*.update'] });
    const userId = await newUser();
    const { seq } = await row('SELECT seq FROM users WHERE id = ?', userId);
    await api(`PATCH /users/${userId}/name`, { body: { name: 'Secret Name' } });
    await rows(
      `INSERT INTO activity (user_seq, user_id, event, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
       SELECT ?, ?, 'session.create', 'key', 'root', '', '', '', '', 'r', 1 FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100) SELECT i FROM n)`,
      seq,
      userId,
    );
    await api(`DELETE /users/${userId}`);
    expect(await rows('SELECT * FROM deliveries')).toHaveLength(1);
    await cron(NO_QUEUE);
    expect(await rows('SELECT * FROM deliveries')).toEqual([]);
  });
});
