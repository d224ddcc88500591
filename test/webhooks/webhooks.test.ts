import { env } from 'cloudflare:test';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { appwriteSignature } from '../../src/events/sign';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { drain, keptQueue, NO_QUEUE } from '../support/delivering';
import { expectAnswer, expectError, expectInvalid } from '../support/expect';
import { freshId, newKey, newUser, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { LATER, NOW } from '../support/models';
import { newInbox } from '../support/receivers/inbox';
import { row, rows } from '../support/rows';
import { cron } from '../support/worker';

withoutWebhooks();
stopClock();

const URL = 'https://receiver.example.com/hook';

/** The whole body of a webhook made at `NOW`. */
const webhookOf = (fields: Readonly<Record<string, unknown>>) => ({
  $id: '',
  $createdAt: NOW.iso,
  $updatedAt: NOW.iso,
  name: 'CI',
  url: URL,
  events: ['users.*'],
  tls: false,
  authUsername: '',
  authPassword: '',
  secret: '',
  enabled: true,
  logs: '',
  attempts: 0,
  ...fields,
});

const given = { name: 'CI', url: URL, events: ['users.*'] };

describe('POST /webhooks', () => {
  test('makes a webhook, and shows a secret of its own this once', async () => {
    const answer = await api('POST /webhooks', { body: { webhookId: 'w1', ...given } });
    const secret = expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expectAnswer(answer, 201, webhookOf({ $id: 'w1', secret }));
    expectAnswer(await api('GET /webhooks/w1'), 200, webhookOf({ $id: 'w1' }));
    expect((await api('GET /webhooks')).body).toEqual({ total: 1, webhooks: [webhookOf({ $id: 'w1' })] });
  });

  test('takes all that it may be told, each event once', async () => {
    const body = {
      ...{ webhookId: 'w2', name: 'Höok', url: URL, events: ['users.*', 'teams.*.create', 'users.*'] },
      ...{ enabled: false, tls: true, authUsername: 'ada', authPassword: 'pass', secret: 'a secret of mine' },
    };
    const told = webhookOf({
      ...body,
      webhookId: undefined,
      $id: 'w2',
      events: ['users.*', 'teams.*.create'],
    });
    const { webhookId, ...expected } = { webhookId: '', ...told };
    expect((await api('POST /webhooks', { body })).body).toEqual(JSON.parse(JSON.stringify(expected)));
    expect((await api('GET /webhooks/w2')).body).toMatchObject({ authPassword: 'pass', secret: '' });
  });

  test('stores neither the secret nor the password as it is', async () => {
    const body = {
      webhookId: 'w3',
      ...given,
      secret: 'plain-secret-text',
      authPassword: 'plain-password',
      authUsername: 'a',
    };
    await api('POST /webhooks', { body });
    const stored = await row("SELECT * FROM webhooks WHERE id = 'w3'");
    expect(JSON.stringify(stored)).not.toMatch(/plain-/);
    expect([stored.secret, stored.auth_password]).toEqual([
      expect.stringMatching(/^v1\.[0-9a-f]{8}\./),
      expect.stringMatching(/^v1\.[0-9a-f]{8}\./),
    ]);
  });

  test('refuses an ID that is taken', async () => {
    const webhookId = await newWebhook();
    expectError(await api('POST /webhooks', { body: { webhookId, ...given } }), 'webhook_already_exists');
  });

  test.each([
    ...['users', 'users.', '*', 'users.*.', 'users.*.sessions', 'users.*.explode', 'users.*.create.email'],
    ...[
      'users.*.update.color',
      'buckets.*.create',
      'users.*.sessions.*.create.x',
      'teams.*.sessions.*.create',
      '',
    ],
    ...['users.-a', 'Users.*', 'users..create', 'users.*.*', 'users.*.create '],
  ])('refuses the pattern %j, and names it', async (pattern) => {
    const answer = await api('POST /webhooks', {
      body: { webhookId: 'w', ...given, events: ['users.*', pattern] },
    });
    expectInvalid(
      answer,
      'events',
      `No event is called ${JSON.stringify(pattern)}. Use a name such as users.*.create`,
    );
  });

  test.each([
    ...[
      'users.*',
      'users.ada',
      'users.*.create',
      'users.*.update',
      'users.*.update.email',
      'users.*.update.name',
    ],
    ...[
      'users.*.update.password',
      'users.*.update.status',
      'users.*.update.prefs',
      'users.*.delete',
      'users.a.b.create',
    ],
    ...[
      'users.*.sessions.*',
      'users.*.sessions.*.create',
      'users.*.sessions.*.delete',
      'users.a.sessions.b.create',
    ],
    ...[
      'users.*.targets.*.create',
      'users.*.targets.*.update',
      'users.*.targets.*.delete',
      'users.*.tokens.*.create',
    ],
    ...['users.*.verification.*.create', 'users.*.verification.*.update', 'users.*.recovery.*.create'],
    ...[
      'users.*.recovery.*.update',
      'teams.*',
      'teams.*.create',
      'teams.*.update',
      'teams.*.update.prefs',
      'teams.*.delete',
    ],
    ...[
      'teams.*.memberships.*.create',
      'teams.*.memberships.*.update',
      'teams.*.memberships.*.update.status',
    ],
    ...[
      'teams.*.memberships.*.delete',
      'webhooks.*.create',
      'webhooks.*.update',
      'webhooks.*.delete',
      'keys.*.create',
    ],
  ])('takes the pattern %s', async (pattern) => {
    const body = { webhookId: freshId('pattern'), ...given, events: [pattern] };
    expect((await api('POST /webhooks', { body })).body.events).toEqual([pattern]);
  });

  test('refuses more than 100 patterns, and what is no list', async () => {
    const rule = 'Value must be an array of at most 100 patterns of events, such as users.*.create';
    const many = Array.from({ length: 101 }, (_, i) => `users.u${i}`);
    for (const events of [many, 'users.*', [1]])
      expectInvalid(
        await api('POST /webhooks', { body: { webhookId: 'w', ...given, events } }),
        'events',
        rule,
      );
  });

  test.each([
    'ftp://a.example.com',
    'no url',
    'https://u:p@a.example.com',
    'https://a.example.com/#x',
    '//a.example.com',
    '',
  ])('refuses the address %j', async (url) => {
    const rule = 'Value must be a valid URL (http, https), without a user name, a password or a fragment';
    expectInvalid(await api('POST /webhooks', { body: { webhookId: 'w', ...given, url } }), 'url', rule);
  });

  test.each([
    ['short', /at least 8 chars/],
    ['x'.repeat(257), /no longer than 256 chars/],
    ['whsec_no base64!', /must go on in base64 where it begins with whsec_/],
  ])('refuses the secret %j', async (secret, rule) => {
    expectInvalid(
      await api('POST /webhooks', { body: { webhookId: 'w', ...given, secret } }),
      'secret',
      rule,
    );
  });

  test('refuses a user name with a colon, which would end it', async () => {
    const rule = 'Value must be a valid string without a colon and no longer than 256 chars';
    const answer = await api('POST /webhooks', { body: { webhookId: 'w', ...given, authUsername: 'a:b' } });
    expectInvalid(answer, 'authUsername', rule);
  });

  test.each([
    ...[
      'localhost',
      'a.localhost',
      'printer.local',
      'db.internal',
      'intranet',
      'localhost.',
      '127.0.0.1',
      '127.1',
    ],
    ...[
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
    ],
    ...[
      '169.254.169.254',
      '100.64.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '198.18.0.1',
      '192.0.2.1',
      '[::1]',
      '[::]',
    ],
    ...[
      '[fe80::1]',
      '[fc00::1]',
      '[fd12:3456::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:10.0.0.1]',
      '[::ffff:7f00:1]',
    ],
    ...[
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
      '[2001:db8::1]',
      '[ff02::1]',
      '[::127.0.0.1]',
      '%6c%6fcalhost',
      'LOCALHOST',
    ],
    ...['１２７.0.0.1', '127。0。0。1', '127.0.0.1.'],
  ])('refuses a host within a network: %s, over TLS too', async (host) => {
    const rule = 'Value must lead to a host of the public internet, not to one within a network';
    for (const [scheme, tls] of [
      ['http', false],
      ['https', true],
    ] as const) {
      const body = { webhookId: 'w', ...given, url: `${scheme}://${host}:8080/x`, tls };
      expectInvalid(await api('POST /webhooks', { body, env: { WEBHOOK_ANY_HOST: 'false' } }), 'url', rule);
    }
  });

  test.each([
    'example.com',
    '8.8.8.8',
    '[2606:4700:4700::1111]',
    '[::ffff:8.8.8.8]',
    'sub.domain.org',
    'xn--bcher-kva.ch',
  ])('takes a host of the public internet: %s', async (host) => {
    const body = { webhookId: freshId('public'), ...given, url: `https://${host}/x` };
    expect((await api('POST /webhooks', { body, env: { WEBHOOK_ANY_HOST: 'false' } })).status).toBe(201);
  });
});

test('A host within a network is sent nothing, whenever it came to be the address', async () => {
  const inbox = newInbox();
  await newWebhook({ url: inbox.url, events: ['users.*'] });
  await newUser();
  await cron({ ...NO_QUEUE, WEBHOOK_ANY_HOST: 'false' });
  expect(await inbox.received()).toEqual([]);
  expect(await row('SELECT error FROM deliveries')).toEqual({
    error: 'The address is not one of the public internet: nothing was sent.',
  });
});

describe('GET /webhooks', () => {
  test('filters and orders by what Appwrite’s does, and pages', async () => {
    for (const [name, enabled] of [
      ['b', true],
      ['a', false],
      ['c', true],
    ] as const)
      await newWebhook({ name, enabled, url: `${URL}/${name}`, events: ['users.*'], authUsername: name });
    const names = async (...queries: string[]) => {
      const text = queries.map((query) => `queries[]=${encodeURIComponent(query)}`).join('&');
      const { body } = await api(`GET /webhooks?${text}`);
      return [body.total, body.webhooks.map(({ name }: { name: string }) => name)];
    };
    expect(await names('{"method":"orderAsc","attribute":"name"}')).toEqual([3, ['a', 'b', 'c']]);
    expect(await names('equal("enabled",[true])')).toEqual([2, ['b', 'c']]);
    expect(await names('equal("name",["a"])')).toEqual([1, ['a']]);
    expect(await names(`equal("url",["${URL}/c"])`)).toEqual([1, ['c']]);
    expect(await names('equal("authUsername",["c"])', 'equal("tls",[false])')).toEqual([1, ['c']]);
    expect(
      await names('contains("events",["users.*"])', 'equal("attempts",[0])', 'equal("logs",[""])'),
    ).toEqual([3, ['b', 'a', 'c']]);
    expect(await names('limit(1)', 'offset(1)')).toEqual([3, ['a']]);
  });
});

test('There can be a hundred webhooks, and room for one where another goes', async () => {
  const last = await newWebhook();
  await rows(
    `INSERT INTO webhooks (id, name, url, events, secret, enabled, listens, created_at, updated_at)
     SELECT 'many' || value, '', '', '[]', '', 0, 0, 1, 1 FROM json_each(?)`,
    JSON.stringify([...Array(99).keys()]),
  );
  const one = () => api('POST /webhooks', { body: { webhookId: 'one-more', ...given } });
  expectError(await one(), 'webhook_limit_exceeded');
  expectError(await api('GET /webhooks/one-more'), 'webhook_not_found');
  await api(`DELETE /webhooks/${last}`);
  expect((await one()).status).toBe(201);
});

describe('PUT /webhooks/{webhookId}', () => {
  test('replaces all but the secret; what is not given is as on creation', async () => {
    const webhookId = await newWebhook({ ...given, authUsername: 'a', authPassword: 'b', tls: true });
    await api(`PUT /webhooks/${webhookId}`, { body: { ...given, enabled: false } });
    passTime(60_000);
    const body = {
      name: 'New',
      url: `${URL}/new`,
      events: ['teams.*'],
      authUsername: 'x',
      authPassword: 'y',
    };
    const answer = await api(`PUT /webhooks/${webhookId}`, { body });
    expectAnswer(answer, 200, webhookOf({ ...body, $id: webhookId, $updatedAt: LATER.iso }));
    expectAnswer(await api(`GET /webhooks/${webhookId}`), 200, answer.body);
  });

  test('moves what is waiting to the new address', async () => {
    const queue = keptQueue();
    const [before, after] = [newInbox('500'), newInbox()];
    const webhookId = await newWebhook({ url: before.url, events: ['users.*'] });
    await newUser();
    await cron(NO_QUEUE);
    await api(`PUT /webhooks/${webhookId}`, {
      body: { name: 'x', url: after.url, events: [] },
      env: queue.env,
    });
    passTime(60_000);
    await drain(queue);
    expect([(await before.received()).length, (await after.received()).length]).toEqual([1, 1]);
  });

  test('turned off, what is waiting stays until it is on again', async () => {
    const inbox = newInbox();
    const webhookId = await newWebhook({ url: inbox.url, events: ['users.*'] });
    await newUser();
    const body = { name: 'x', url: inbox.url, events: ['users.*'] };
    await api(`PUT /webhooks/${webhookId}`, { body: { ...body, enabled: false } });
    await cron(NO_QUEUE);
    expect(await inbox.received()).toEqual([]);
    await api(`PUT /webhooks/${webhookId}`, { body });
    await cron(NO_QUEUE);
    expect(await inbox.received()).toHaveLength(1);
  });
});

describe('PATCH /webhooks/{webhookId}/secret', () => {
  test('gives a new secret; both sign for a day, then the new one alone', async () => {
    const inbox = newInbox();
    const made = await api('POST /webhooks', { body: { webhookId: 'r1', ...given, url: inbox.url } });
    const rotated = await api('PATCH /webhooks/r1/secret', { body: {} });
    expectAnswer(
      rotated,
      200,
      webhookOf({ $id: 'r1', url: inbox.url, secret: expect.stringMatching(/^whsec_/) }),
    );
    const [old, fresh] = [made.body.secret, rotated.body.secret];
    expect(fresh).not.toBe(old);
    await newUser();
    await cron(NO_QUEUE);
    const [{ headers = {}, body = '', url = '' } = {}] = await inbox.received();
    expect(new Webhook(fresh).verify(body, headers)).toEqual(JSON.parse(body));
    expect(new Webhook(old).verify(body, headers)).toEqual(JSON.parse(body));
    expect(headers['x-appwrite-webhook-signature']).toBe(appwriteSignature(fresh, url, body));
    expect(headers['x-appwrite-webhook-previous-signature']).toBe(appwriteSignature(old, url, body));
    passTime(24 * 3_600_000 + 1);
    await newUser();
    await cron(NO_QUEUE);
    const last = (await inbox.received()).at(-1);
    expect(new Webhook(fresh).verify(last?.body ?? '', last?.headers ?? {})).toBeDefined();
    expect(() => new Webhook(old).verify(last?.body ?? '', last?.headers ?? {})).toThrow(
      'No matching signature',
    );
    expect(last?.headers['x-appwrite-webhook-previous-signature']).toBeUndefined();
  });

  test('takes a secret of one’s own, which signs as text', async () => {
    const inbox = newInbox();
    await newWebhook({ webhookId: 'r2', url: inbox.url, events: ['users.*'] });
    const secret = 'my own secret';
    expect((await api('PATCH /webhooks/r2/secret', { body: { secret } })).body.secret).toBe(secret);
    await newUser();
    await cron(NO_QUEUE);
    const [one] = await inbox.received();
    expect(new Webhook(secret, { format: 'raw' }).verify(one?.body ?? '', one?.headers ?? {})).toBeDefined();
  });
});

describe('DELETE /webhooks/{webhookId}', () => {
  test('takes what it was to be sent with it', async () => {
    const inbox = newInbox();
    const webhookId = await newWebhook({ url: inbox.url, events: ['users.*'] });
    await newUser();
    expect((await api(`DELETE /webhooks/${webhookId}`)).status).toBe(204);
    await cron(NO_QUEUE);
    expect([await rows('SELECT * FROM deliveries'), await inbox.received()]).toEqual([[], []]);
    expectError(await api(`GET /webhooks/${webhookId}`), 'webhook_not_found');
  });

  test('leaves what is more than a thousand to the cron trigger', async () => {
    const webhookId = await newWebhook();
    await rows(
      `INSERT INTO deliveries (webhook_seq, event_seq, name, event, due_at, created_at)
       SELECT (SELECT seq FROM webhooks), i, 'n', '{}', NULL, ? FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) SELECT i FROM n)`,
      Date.now(),
    );
    await api(`DELETE /webhooks/${webhookId}`);
    expect(await rows('SELECT 1 FROM deliveries')).toHaveLength(200);
    await newWebhook();
    await cron(NO_QUEUE);
    expect(await rows('SELECT 1 FROM deliveries')).toEqual([]);
  });
});

test('A key needs the scopes of webhooks', async () => {
  const { secret } = await newKey(['users.read', 'users.write', 'keys.write']);
  const headers = { 'x-appwrite-key': secret };
  const answer = await api('POST /webhooks', { body: { webhookId: 'w', ...given }, headers });
  expect([answer.status, answer.body.type]).toEqual([401, 'general_unauthorized_scope']);
  expect((await api('GET /webhooks', { headers })).status).toBe(401);
});

test('Health says so where no queue wakes delivery up', async () => {
  expect((await api('GET /health')).body).not.toHaveProperty('webhooks');
  expect((await api('GET /health', { env: NO_QUEUE })).body).toMatchObject({
    status: 'pass',
    webhooks: 'cron',
  });
  expect(env.EVENTS).toBeDefined();
});
