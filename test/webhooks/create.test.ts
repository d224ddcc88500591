import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { NO_QUEUE } from '../support/delivering';
import { expectAnswer, expectError, expectInvalid } from '../support/expect';
import { freshId, newUser, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { RECEIVER, webhookOf } from '../support/models';
import { newInbox } from '../support/receivers/inbox';
import { row, rows } from '../support/rows';
import { cron } from '../support/worker';

withoutWebhooks();
stopClock();

const given = { name: 'CI', url: RECEIVER, events: ['users.*'] };

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
      ...{ webhookId: 'w2', name: 'Höok', url: RECEIVER, events: ['users.*', 'teams.*.create', 'users.*'] },
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
