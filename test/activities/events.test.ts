import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError } from '../support/expect';
import {
  newKey,
  newMembership,
  newSession,
  newTeam,
  newUser,
  newWebhook,
  withSession,
} from '../support/given';
import { NOW } from '../support/models';
import { row, rows } from '../support/rows';
import { ask } from '../support/worker';

stopClock();

const list = async (...queries: object[]) => {
  const text = queries.map((query) => `queries[]=${encodeURIComponent(JSON.stringify(query))}`).join('&');
  const answer = await api(`GET /activities/events?${text}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};

const filter = (method: string, attribute: string, ...values: unknown[]) => ({ method, attribute, values });
const limit = (count: number) => ({ method: 'limit', values: [count] });
const ascending = { method: 'orderAsc', attribute: '$sequence' };
const behind = (id: string) => ({ method: 'cursorAfter', values: [id] });

type Event = Readonly<Record<string, string>>;
const idsOf = ({ events }: { events: readonly Event[] }) => events.map(({ $id }) => $id);

describe('GET /activities/events', () => {
  test('tells who did what to what, newest first, and one by its ID the same', async () => {
    const userId = await newUser({ name: 'Ada' });
    const { events, total } = await list(limit(1));
    const { seq, count } = await row('SELECT max(seq) AS seq, count(*) AS count FROM activity');
    const told = {
      $id: String(seq),
      actorType: 'key',
      actorId: 'root',
      actorEmail: '',
      actorName: 'Root key',
      resourceParent: '',
      resourceType: 'user',
      resourceId: userId,
      resource: `user/${userId}`,
      event: 'user.create',
      userAgent: '',
      ip: '',
      mode: 'default',
      country: '',
      continentCode: '',
      city: '',
      subdivisions: '',
      isp: '',
      autonomousSystemNumber: '',
      autonomousSystemOrganization: '',
      connectionType: '',
      connectionUsageType: '',
      connectionOrganization: '',
      time: NOW.iso,
      projectId: 'default',
      teamId: '',
      hostname: '',
      sdk: '',
      sdkVersion: '',
    };
    expect([total, events]).toEqual([count, [told]]);
    expectAnswer(await api(`GET /activities/events/${seq}`), 200, told);
    expect((await api(`GET /activities/events/${seq}`, { headers: CLASSIC })).body).toEqual(told);
  });

  test('has what happens to teams, keys and webhooks, and whose it is', async () => {
    const [userId, teamId] = [await newUser(), await newTeam()];
    await api(`POST /teams/${teamId}/memberships`, { body: { userId, roles: [] } });
    const { id: sessionId, token } = await newSession(userId);
    const webhookId = await newWebhook();
    await api('POST /project/keys', { body: { keyId: 'fed', name: 'Fed', scopes: [] } });
    await api('DELETE /account/sessions/current', {
      headers: { ...withSession(token), 'cf-connecting-ip': '192.0.2.7' },
      cf: { country: 'DE' },
    });
    await api(`DELETE /teams/${teamId}`);
    const { events } = await list(limit(7));
    const short = events.map(
      ({ event, resourceType, resourceId, resourceParent, teamId, actorType, actorId }: Event) => [
        ...[
          event,
          `${resourceType}/${resourceId}`.replace(/[0-9a-f]{20}/, 'ID'),
          resourceParent,
          teamId,
          actorType,
          actorId,
        ],
      ],
    );
    expect(short).toEqual([
      ['team.delete', `team/${teamId}`, '', teamId, 'key', 'root'],
      ['membership.delete', 'membership/ID', `team/${teamId}`, teamId, 'key', 'root'],
      ['session.delete', 'session/ID', `user/${userId}`, '', 'user', userId],
      ['key.create', 'key/fed', '', '', 'key', 'root'],
      ['webhook.create', `webhook/${webhookId}`, '', '', 'key', 'root'],
      ['session.create', 'session/ID', `user/${userId}`, '', 'key', 'root'],
      ['membership.create', 'membership/ID', `team/${teamId}`, teamId, 'key', 'root'],
    ]);
    expect(events[2]).toMatchObject({ ip: '192.0.2.7', country: 'Germany', resourceId: sessionId });
  });

  test('is filtered by each of its attributes, and by several', async () => {
    const { secret, id: keyId } = await newKey(['users.write']);
    passTime(5_000);
    const userId = await newUser();
    await api(`PATCH /users/${userId}/name`, { body: { name: 'x' }, headers: { 'x-appwrite-key': secret } });
    const { id: sessionId } = await newSession(userId);
    const events = async (...queries: object[]) =>
      (await list(...queries)).events.map(({ event }: Event) => event);
    expect(await events(filter('equal', 'resourceId', userId))).toEqual(['user.update', 'user.create']);
    expect(await events(filter('equal', 'resourceId', sessionId))).toEqual(['session.create']);
    expect(await events(filter('equal', 'actorId', keyId))).toEqual(['user.update']);
    expect(await events(filter('equal', 'resourceType', 'session'), limit(1))).toEqual(['session.create']);
    expect(
      await events(filter('equal', 'event', 'user.update'), filter('equal', 'actorType', 'key'), limit(1)),
    ).toEqual(['user.update']);
    expect(await events(filter('greaterThan', 'time', NOW.iso))).toEqual([
      'session.create',
      'user.update',
      'user.create',
    ]);
    const { seq } = await row('SELECT max(seq) AS seq FROM activity');
    expect(await events(filter('greaterThan', '$sequence', Number(seq) - 1))).toEqual(['session.create']);
    expect(await events(filter('equal', '$sequence', String(seq)))).toEqual(['session.create']);
  });

  test('is read as a feed that misses nothing and repeats nothing, whatever comes meanwhile', async () => {
    const { seq: start } = await row('SELECT max(seq) AS seq FROM activity');
    let cursor = String(start);
    const read: string[] = [];
    for (let i = 0; i < 4; i++) {
      await newUser();
      await newSession(await newUser());
      const page = idsOf(await list(ascending, behind(cursor), limit(2)));
      read.push(...page.map(String));
      cursor = read.at(-1) ?? cursor;
    }
    for (;;) {
      const page = idsOf(await list(ascending, behind(cursor), limit(2)));
      if (page.length === 0) break;
      read.push(...page.map(String));
      cursor = read.at(-1) ?? cursor;
    }
    const stored = await rows('SELECT seq FROM activity WHERE seq > ? ORDER BY seq', start);
    expect(read).toEqual(stored.map(({ seq }) => String(seq)));
    const back = await list(ascending, { method: 'cursorBefore', values: [cursor] }, limit(3));
    expect(idsOf(back)).toEqual(read.slice(-4, -1));
  });

  test('takes one query as text, as the SDK sends it', async () => {
    const query = encodeURIComponent('{"method":"limit","values":[1]}');
    expect((await api(`GET /activities/events?queries=${query}`)).body.events).toHaveLength(1);
  });

  test('tells names and addresses of users to those alone who may read users', async () => {
    const userId = await newUser({ name: 'Ada Lovelace', email: 'ada@feed.example' });
    const { token } = await newSession(userId);
    await api('DELETE /account/sessions/current', { headers: withSession(token) });
    const { secret } = await newKey(['activities.read']);
    const headers = { 'x-appwrite-key': secret };
    const [seen] = (await list(limit(1))).events;
    const [unseen] = (await api('GET /activities/events?queries[]=limit(1)', { headers })).body.events;
    expect([seen.actorName, seen.actorEmail]).toEqual(['Ada Lovelace', 'ada@feed.example']);
    expect([unseen.actorId, unseen.actorEmail]).toEqual([userId, '']);
  });

  test('needs the scope activities.read', async () => {
    const { secret } = await newKey(['users.read', 'teams.read']);
    const answer = await api('GET /activities/events', { headers: { 'x-appwrite-key': secret } });
    expect([answer.status, answer.body.type]).toEqual([401, 'general_unauthorized_scope']);
  });

  test('refuses a cursor and an ID that are none', async () => {
    const message = "Event '987654' for the 'cursor' value not found.";
    const answer = await api('GET /activities/events?queries[]=cursorAfter("987654")');
    expectError(answer, 'general_cursor_not_found', { message });
    for (const id of ['987654', '0', 'x', '1e1'])
      expectError(await api(`GET /activities/events/${id}`), 'activity_event_not_found');
  });

  test('goes on by index where the log is long: a page reads its rows, and no more', async () => {
    await rows(
      `INSERT INTO activity (user_seq, user_id, event, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
       SELECT 0, '', 'user.update', 'key', 'root', '', '', '', '', 'r', 1 FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n)`,
    );
    const plan = await rows(
      'EXPLAIN QUERY PLAN SELECT * FROM activity WHERE seq > (SELECT seq FROM activity WHERE seq = 15000) ORDER BY seq LIMIT 25',
    );
    expect(plan.map(({ detail }) => detail)).toContain('SEARCH activity USING INTEGER PRIMARY KEY (rowid>?)');
    const { events, total } = await list(ascending, behind('15000'), limit(2));
    expect([idsOf({ events }), total]).toEqual([
      ['15001', '15002'],
      Number((await row('SELECT count(*) AS n FROM activity')).n),
    ]);
  });
});

describe('UserDirectory.listEvents', () => {
  test('tells the same to another Worker', async () => {
    await newMembership(await newTeam(), await newUser());
    const queries = [JSON.stringify(ascending), JSON.stringify(limit(3))];
    const { body } = await api(
      `GET /activities/events?${queries.map((one) => `queries[]=${encodeURIComponent(one)}`).join('&')}`,
    );
    expect(await ask((directory) => directory.listEvents(queries))).toEqual(body);
    expect((await ask((directory) => directory.listEvents())).events.length).toBeGreaterThan(0);
  });

  test('refuses a query that makes no sense, in words', async () => {
    await expect(ask((directory) => directory.listEvents(['nonsense("x")']))).rejects.toThrow(
      /Invalid query/,
    );
  });
});
