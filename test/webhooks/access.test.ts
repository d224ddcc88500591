import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { NO_QUEUE } from '../support/delivering';
import { newKey } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { RECEIVER } from '../support/models';

withoutWebhooks();
stopClock();

const given = { name: 'CI', url: RECEIVER, events: ['users.*'] };

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
