import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { NO_QUEUE } from '../support/delivering';
import { expectError } from '../support/expect';
import { newUser, newWebhook } from '../support/given';
import { withoutWebhooks } from '../support/hooks';
import { newInbox } from '../support/receivers/inbox';
import { rows } from '../support/rows';
import { cron } from '../support/worker';

withoutWebhooks();
stopClock();

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
