import { eq, sql } from 'drizzle-orm';
import { webhooks } from '../db/schema';
import { endpoint } from '../request/context';
import { webhookModel, webhookPath } from '../wire/webhook';
import { checkHost, secret, webhookBody } from './params';
import { found, recordWebhook, tellWebhook, webhookColumns } from './rows';
import { newWebhookSecret, sealFor } from './secrets';
import { wakeLater } from './wake';

/** How long the secret before a rotation signs beside the new one, milliseconds. */
const BOTH_SIGN = 24 * 60 * 60 * 1000;

/** GET /webhooks/{webhookId}. */
export const getWebhook = endpoint({
  route: 'GET /webhooks/:webhookId',
  summary: 'Get a webhook',
  scope: 'webhooks.read',
  params: webhookPath,
  returns: [200, webhookModel],
  errors: ['webhook_not_found'],
  async handle({ params, db, config }) {
    const [row] = await db.select(webhookColumns).from(webhooks).where(eq(webhooks.id, params.webhookId));
    return tellWebhook(config, found(row));
  },
});

/**
 * PUT /webhooks/{webhookId}: all but the secret. What is not given becomes what it is on creation. Turned on, it has no
 * failures any more, and what was not sent yet is sent, to the new address.
 */
export const updateWebhook = endpoint({
  route: 'PUT /webhooks/:webhookId',
  summary: 'Update a webhook',
  scope: 'webhooks.write',
  params: webhookPath,
  body: webhookBody,
  returns: [200, webhookModel],
  errors: ['webhook_not_found'],
  event: 'webhook.update',
  async handle({ params: { webhookId }, body, ...context }) {
    const { db, config, now } = context;
    const { enabled, authPassword, ...given } = body;
    checkHost(config, body.url);
    const changes = {
      ...{ ...given, enabled, listens: enabled, updatedAt: now },
      ...(enabled ? { attempts: 0, notBefore: 0 } : {}),
      authPassword: await sealFor(config, 'password', webhookId, authPassword),
    };
    const [[row]] = await db.batch([
      db.update(webhooks).set(changes).where(eq(webhooks.id, webhookId)).returning(webhookColumns),
      recordWebhook(context, webhookId),
    ]);
    const { seq } = found(row);
    if (enabled) wakeLater(context, [seq]);
    return { ...found(row), authPassword };
  },
});

/** PATCH /webhooks/{webhookId}/secret. The secret before signs beside the new one for a day. */
export const updateWebhookSecret = endpoint({
  route: 'PATCH /webhooks/:webhookId/secret',
  summary: "Replace a webhook's secret",
  scope: 'webhooks.write',
  params: webhookPath,
  body: { secret },
  returns: [200, webhookModel],
  errors: ['webhook_not_found'],
  event: 'webhook.update',
  async handle({ params: { webhookId }, body: { secret = newWebhookSecret() }, ...context }) {
    const { db, config, now } = context;
    const sealed = await sealFor(config, 'secret', webhookId, secret);
    const previous = { previousSecret: sql`${webhooks.secret}`, previousUntil: now + BOTH_SIGN };
    const [[row]] = await db.batch([
      db
        .update(webhooks)
        .set({ ...previous, secret: sealed, updatedAt: now })
        .where(eq(webhooks.id, webhookId))
        .returning(webhookColumns),
      recordWebhook(context, webhookId),
    ]);
    return { ...(await tellWebhook(config, found(row))), secret };
  },
});
