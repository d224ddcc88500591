import { eq, sql } from 'drizzle-orm';
import { deliveries, webhooks } from '../db/schema';
import { endpoint } from '../request/context';
import { webhookPath } from '../wire/webhook';
import { found, recordWebhook } from './rows';

/** Deliveries that go with their webhook at once; the cron trigger removes the rest. */
const REMOVED_AT_ONCE = 1_000;

/** DELETE /webhooks/{webhookId}, with what it was to be sent. */
export const deleteWebhook = endpoint({
  route: 'DELETE /webhooks/:webhookId',
  summary: 'Delete a webhook',
  scope: 'webhooks.write',
  params: webhookPath,
  returns: [204, null],
  errors: ['webhook_not_found'],
  event: 'webhook.delete',
  async handle({ params: { webhookId }, ...context }) {
    const { db } = context;
    const one = eq(webhooks.id, webhookId);
    const [, , [deleted]] = await db.batch([
      recordWebhook(context, webhookId),
      db.delete(deliveries).where(
        sql`${deliveries.seq} IN (SELECT d.seq FROM deliveries AS d
          WHERE d.webhook_seq = (SELECT webhooks.seq FROM webhooks WHERE webhooks.id = ${webhookId})
          ORDER BY d.event_seq LIMIT ${REMOVED_AT_ONCE})`,
      ),
      db.delete(webhooks).where(one).returning({ seq: webhooks.seq }),
    ]);
    found(deleted);
  },
});
