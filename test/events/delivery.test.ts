import { createHmac, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { drain, keptQueue } from '../support/delivering';
import { freshId, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { newInbox } from '../support/receivers/inbox';
import { row, rows } from '../support/rows';

/** As a receiver written against upstream's rule does it. */
function isSignedAsUpstream(secret: string, url: string, body: string, signature: string): boolean {
  const expected = createHmac('sha1', secret)
    .update(url + body)
    .digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

withoutWebhooks();

describe('An event', () => {
  test('is sent to the webhook that subscribes to it, with the model that the API answers, signed in both ways', async () => {
    const queue = keptQueue();
    const inbox = newInbox();
    const webhookId = freshId('hook');
    const { body: webhook } = await api('POST /webhooks', {
      body: {
        webhookId,
        name: 'Höok',
        url: inbox.url,
        events: ['users.*.create'],
        authUsername: 'a',
        authPassword: 'b',
      },
    });
    const userId = freshId('user');
    const made = await api('POST /users', {
      body: { userId, email: 'x@y.org', name: 'Ada' },
      env: queue.env,
    });
    expect(queue.sent).toHaveLength(1);
    await drain(queue);
    const [one, ...others] = await inbox.received();
    expect(others).toEqual([]);
    expect(JSON.parse(one?.body ?? '')).toEqual(made.body);
    const { headers = {}, body = '', url = '' } = one ?? {};
    expect(url).toBe(inbox.url);
    expect(isSignedAsUpstream(webhook.secret, url, body, headers['x-appwrite-webhook-signature'] ?? '')).toBe(
      true,
    );
    expect(new Webhook(webhook.secret).verify(body, headers)).toEqual(made.body);
    const { seq } = await row("SELECT seq FROM activity WHERE user_id = ? AND event = 'user.create'", userId);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      authorization: `Basic ${btoa('a:b')}`,
      'x-appwrite-webhook-id': webhookId,
      'x-appwrite-webhook-name': 'H%C3%B6ok',
      'x-appwrite-webhook-events': `users.${userId},users.${userId}.create,users.*,users.*.create`,
      'x-appwrite-webhook-user-id': '',
      'x-appwrite-webhook-project-id': 'default',
      'x-appwrite-webhook-sequence': String(seq),
      'webhook-id': `evt_${seq}`,
    });
    expect(await rows('SELECT state, tries, due_at, status FROM deliveries')).toEqual([
      { state: 'delivered', tries: 1, due_at: null, status: 200 },
    ]);
  });

  test('that no webhook subscribes to leaves no row', async () => {
    const queue = keptQueue();
    await newWebhook({ events: ['teams.*'] });
    const before = await rows('SELECT * FROM deliveries');
    await api('POST /users', { body: { userId: freshId('user') }, env: queue.env });
    expect(await rows('SELECT * FROM deliveries')).toEqual(before);
    expect(queue.sent).toEqual([]);
  });
});
