import { sql } from 'drizzle-orm';
import { violatedUnique } from '../db/errors';
import { insertFrom } from '../db/insertFrom';
import { webhooks } from '../db/schema';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { newId } from '../wire/id';
import { webhookModel } from '../wire/webhook';
import { checkHost, secret, webhookBody } from './params';
import { recordWebhook, webhookColumns } from './rows';
import { newWebhookSecret, sealFor } from './secrets';

/** POST /webhooks. The secret, the caller's own or one of ours, is in this answer and never again. */
export const createWebhook = endpoint({
  route: 'POST /webhooks',
  summary: 'Create a webhook',
  scope: 'webhooks.write',
  body: { webhookId: newId, ...webhookBody, secret },
  returns: [201, webhookModel],
  errors: ['webhook_already_exists', 'webhook_limit_exceeded'],
  event: 'webhook.create',
  async handle({ body, ...context }) {
    const { db, config, now } = context;
    const { webhookId: id, secret = newWebhookSecret(), enabled, authPassword, ...given } = body;
    checkHost(config, body.url);
    const row = {
      ...{ ...given, id, enabled, listens: enabled, createdAt: now, updatedAt: now },
      secret: await sealFor(config, 'secret', id, secret),
      authPassword: await sealFor(config, 'password', id, authPassword),
    };
    const [[made]] = await db
      .batch([
        insertFrom(db, webhooks, row, sql`FROM (SELECT 1) WHERE ${hasRoom}`).returning(webhookColumns),
        recordWebhook(context, id, sql`${webhooks.secret} = ${row.secret}`),
      ])
      .catch((error: unknown) => {
        throw violatedUnique(error) === 'webhooks.id' ? new ApiError('webhook_already_exists') : error;
      });
    if (made === undefined) throw new ApiError('webhook_limit_exceeded');
    return { ...made, authPassword, secret };
  },
});

/** Every change looks at each webhook that listens. */
const MOST_WEBHOOKS = 100;

const hasRoom = sql`NOT EXISTS (SELECT 1 FROM webhooks AS other WHERE other.seq > 0 LIMIT 1 OFFSET ${MOST_WEBHOOKS - 1})`;
