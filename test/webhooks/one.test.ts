import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { appwriteSignature } from '../../src/events/sign';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { drain, keptQueue, NO_QUEUE } from '../support/delivering';
import { expectAnswer } from '../support/expect';
import { newUser, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { LATER, RECEIVER, webhookOf } from '../support/models';
import { newInbox } from '../support/receivers/inbox';
import { cron } from '../support/worker';

withoutWebhooks();
stopClock();

const given = { name: 'CI', url: RECEIVER, events: ['users.*'] };

describe('PUT /webhooks/{webhookId}', () => {
  test('replaces all but the secret; what is not given is as on creation', async () => {
    const webhookId = await newWebhook({ ...given, authUsername: 'a', authPassword: 'b', tls: true });
    await api(`PUT /webhooks/${webhookId}`, { body: { ...given, enabled: false } });
    passTime(60_000);
    const body = {
      name: 'New',
      url: `${RECEIVER}/new`,
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
