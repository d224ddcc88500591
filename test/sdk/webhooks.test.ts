import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Activities, AppwriteException, Client, ID, Query, Users, Webhooks } from 'node-appwrite';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { refusalOf } from './refusal';

/* The Webhooks and Activities of node-appwrite 27.1.0, unmodified, and a receiver on this machine that the Worker calls. */

const client = new Client().setEndpoint(inject('endpoint')).setProject('default').setKey(inject('rootKey'));
const driven = { Webhooks: new Set<unknown>(), Activities: new Set<unknown>() };

/** A service of the SDK that notes which of its methods are called. */
const noting = <Service extends object>(service: Service, names: Set<unknown>): Service =>
  new Proxy(service, {
    get(target, name) {
      names.add(name);
      return Reflect.get(target, name);
    },
  });

const webhooks = noting(new Webhooks(client), driven.Webhooks);
const activities = noting(new Activities(client), driven.Activities);
const users = new Users(client);

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const received = new Map<string, Received[]>();
const server = createServer((request, response) => {
  // A connection that is kept may be closed just when it is used again.
  response.shouldKeepAlive = false;
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const path = request.url ?? '';
    received.set(path, [...(received.get(path) ?? []), { headers, body: Buffer.concat(chunks).toString() }]);
    response.end('ok');
  });
});
let base = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(async () => {
  for (const { $id } of (await webhooks.list()).webhooks) await webhooks.delete({ webhookId: $id });
  server.close();
});

/** What a path has received, once it is so many. */
async function got(path: string, count: number): Promise<Received[]> {
  for (const end = Date.now() + 20_000; Date.now() < end; await wait(50)) {
    const all = received.get(path) ?? [];
    if (all.length >= count) return all;
  }
  return received.get(path) ?? [];
}

/** The SDK's objects have no prototype. */
const plain = (value: object) => JSON.parse(JSON.stringify(value));

const refusal = async (call: Promise<unknown>) => {
  const error = await refusalOf(call);
  expect(error).toBeInstanceOf(AppwriteException);
  return [error.code, error.type];
};

const iso = () => expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);

const webhookOf = (fields: object) => ({
  ...{ $createdAt: iso(), $updatedAt: iso(), name: 'Hook', events: ['users.*.create'], tls: false },
  ...{ authUsername: '', authPassword: '', secret: '', enabled: true, logs: '', attempts: 0 },
  ...fields,
});

describe('Webhooks', () => {
  const url = () => `${base}/sdk`;

  test('create makes one, and tells its secret', async () => {
    const made = await webhooks.create({
      webhookId: 'sdk',
      url: url(),
      name: 'Hook',
      events: ['users.*.create'],
    });
    expect(plain(made)).toEqual(
      webhookOf({ $id: 'sdk', url: url(), secret: expect.stringMatching(/^whsec_/) }),
    );
    const unique = await webhooks.create({
      ...{
        webhookId: ID.unique(),
        url: `${base}/all`,
        name: 'All',
        events: ['teams.*'],
        enabled: false,
        tls: true,
      },
      ...{ authUsername: 'ada', authPassword: 'pass', secret: 'a secret of mine' },
    });
    expect(plain(unique)).toEqual(
      webhookOf({
        ...{
          $id: expect.stringMatching(/^[0-9a-f]{20}$/),
          url: `${base}/all`,
          name: 'All',
          events: ['teams.*'],
          enabled: false,
        },
        ...{ tls: true, authUsername: 'ada', authPassword: 'pass', secret: 'a secret of mine' },
      }),
    );
    const again = webhooks.create({ webhookId: 'sdk', url: url(), name: 'Hook', events: [] });
    expect(await refusal(again)).toEqual([409, 'webhook_already_exists']);
    const wrong = webhooks.create({ webhookId: 'wrong', url: url(), name: 'Hook', events: ['users.*.fly'] });
    expect(await refusal(wrong)).toEqual([400, 'general_argument_invalid']);
  });

  test('get and list tell it, without the secret', async () => {
    expect(plain(await webhooks.get({ webhookId: 'sdk' }))).toEqual(webhookOf({ $id: 'sdk', url: url() }));
    const queries = [
      Query.equal('name', ['Hook']),
      Query.contains('events', ['users.*.create']),
      Query.limit(5),
    ];
    expect(plain(await webhooks.list({ queries }))).toEqual({
      total: 1,
      webhooks: [webhookOf({ $id: 'sdk', url: url() })],
    });
    expect((await webhooks.list({ total: false })).total).toBe(0);
    expect(await refusal(webhooks.get({ webhookId: 'nothing' }))).toEqual([404, 'webhook_not_found']);
  });

  test('what it subscribes to arrives within moments, signed', async () => {
    const { secret } = await webhooks.updateSecret({ webhookId: 'sdk' });
    const user = await users.create({ userId: ID.unique(), email: 'hooked@example.org', name: 'Hooked' });
    const [one] = await got('/sdk', 1);
    const { headers = {}, body = '' } = one ?? {};
    expect(JSON.parse(body)).toEqual(plain(user));
    expect(new Webhook(secret).verify(body, headers)).toEqual(plain(user));
    const upstream = createHmac('sha1', secret)
      .update(url() + body)
      .digest('base64');
    expect(headers['x-appwrite-webhook-signature']).toBe(upstream);
  });

  test('update replaces it', async () => {
    const changed = await webhooks.update({
      webhookId: 'sdk',
      name: 'New',
      url: `${base}/new`,
      events: ['users.*.delete'],
    });
    const expected = webhookOf({ $id: 'sdk', name: 'New', url: `${base}/new`, events: ['users.*.delete'] });
    expect(plain(changed)).toEqual(expected);
    expect(plain(await webhooks.get({ webhookId: 'sdk' }))).toEqual(expected);
  });

  test('updateSecret takes one of one’s own', async () => {
    const { secret } = await webhooks.updateSecret({ webhookId: 'sdk', secret: 'another of mine' });
    expect(secret).toBe('another of mine');
    expect((await webhooks.get({ webhookId: 'sdk' })).secret).toBe('');
  });

  test('delete takes it away', async () => {
    await webhooks.delete({ webhookId: 'sdk' });
    expect(await refusal(webhooks.get({ webhookId: 'sdk' }))).toEqual([404, 'webhook_not_found']);
    expect(await refusal(webhooks.delete({ webhookId: 'sdk' }))).toEqual([404, 'webhook_not_found']);
  });
});

describe('Activities', () => {
  test('listEvents and getEvent tell what happened, newest first', async () => {
    const { $id: userId } = await users.create({ userId: ID.unique(), name: 'Active' });
    const { total, events } = await activities.listEvents({ queries: Query.limit(1) });
    expect(total).toBeGreaterThan(1);
    expect(plain(events)).toEqual([
      expect.objectContaining({
        ...{
          event: 'user.create',
          resourceType: 'user',
          resourceId: userId,
          resource: `user/${userId}`,
          resourceParent: '',
        },
        ...{
          actorType: 'key',
          actorId: 'root',
          mode: 'default',
          projectId: 'default',
          teamId: '',
          time: iso(),
        },
      }),
    ]);
    const eventId = events[0]?.$id ?? '';
    expect(plain(await activities.getEvent({ eventId }))).toEqual(plain(events[0] ?? {}));
    expect((await activities.listEvents()).events[0]?.$id).toBe(eventId);
    expect(await refusal(activities.getEvent({ eventId: '987654321' }))).toEqual([
      404,
      'activity_event_not_found',
    ]);
  });
});

test.each([
  ['Webhooks', Webhooks, driven.Webhooks],
  ['Activities', Activities, driven.Activities],
])('Every method of %s is driven', (_, service, names) => {
  const methods = Object.getOwnPropertyNames(service.prototype).filter((name) => name !== 'constructor');
  expect(methods.length).toBeGreaterThan(1);
  for (const method of methods) expect(names).toContain(method);
});

test('A thousand events reach three webhooks within ten seconds', { timeout: 60_000 }, async () => {
  const paths = ['/one', '/two', '/three'];
  for (const path of paths)
    await webhooks.create({
      webhookId: ID.unique(),
      url: base + path,
      name: path,
      events: ['users.*.create'],
    });
  const ids = Array.from({ length: 1_000 }, (_, i) => `thousand-${i}`);
  for (let at = 0; at < ids.length; at += 50)
    await Promise.all(ids.slice(at, at + 50).map((userId) => users.create({ userId })));
  const begun = Date.now();
  for (const path of paths) {
    const told = new Set((await got(path, ids.length)).map(({ body }) => JSON.parse(body).$id));
    expect(told).toEqual(new Set(ids));
  }
  console.info(`A thousand events had reached three webhooks ${Date.now() - begun} ms after the last.`);
});
