import { eq, sql } from 'drizzle-orm';
import { violatedUnique } from '../db/errors';
import { insertFrom } from '../db/insertFrom';
import { deliveries, webhooks } from '../db/schema';
import { ApiError } from '../http/errors';
import { type Fields, listSource, page } from '../lists';
import { endpoint } from '../request/context';
import { listOf } from '../wire/dialect/list';
import { listRequest, queryParams } from '../wire/dialect/listParams';
import { newId } from '../wire/id';
import { type modern, webhookModel, webhookPath } from '../wire/webhook';
import { checkHost, secret, webhookBody } from './params';
import { found, recordWebhook, tellWebhook, webhookColumns } from './rows';
import { newWebhookSecret, sealFor } from './secrets';
import { wakeLater } from './wake';

/** How long the secret before a rotation signs beside the new one, milliseconds. */
const BOTH_SIGN = 24 * 60 * 60 * 1000;

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

/** The columns that each field of the model is told from. */
const fields: Fields<typeof webhookColumns, keyof typeof modern.entries> = {
  $id: ['id'],
  $createdAt: ['createdAt'],
  $updatedAt: ['updatedAt'],
  name: ['name'],
  url: ['url'],
  events: ['events'],
  tls: ['tls'],
  authUsername: ['authUsername'],
  authPassword: ['id', 'authPassword'],
  secret: [],
  enabled: ['enabled'],
  logs: ['logs'],
  attempts: ['attempts'],
};

const webhooksList = listSource({
  columns: webhookColumns,
  fields,
  select: (db, chosen = webhookColumns) => db.select(chosen).from(webhooks).$dynamic(),
  from: webhooks,
  seq: webhooks.seq,
  id: webhooks.id,
  noun: 'Webhook',
  attributes: {
    name: { column: webhooks.name, type: 'string' },
    url: { column: webhooks.url, type: 'string' },
    authUsername: { column: webhooks.authUsername, type: 'string' },
    tls: { column: webhooks.tls, type: 'boolean' },
    events: { column: webhooks.events, type: 'array' },
    enabled: { column: webhooks.enabled, type: 'boolean' },
    logs: { column: webhooks.logs, type: 'string' },
    attempts: { column: webhooks.attempts, type: 'integer' },
    $id: { column: webhooks.id, type: 'string' },
    $createdAt: { column: webhooks.createdAt, type: 'datetime' },
    $updatedAt: { column: webhooks.updatedAt, type: 'datetime' },
  },
  defaultOrder: 'asc',
});

/** GET /webhooks. */
export const listWebhooks = endpoint({
  route: 'GET /webhooks',
  summary: 'List webhooks',
  scope: 'webhooks.read',
  query: queryParams,
  returns: [200, listOf('webhooks', webhookModel, { selects: true })],
  errors: ['general_cursor_not_found'],
  async handle({ query, db, config }) {
    const { statements, read, select } = page(db, webhooksList, listRequest(query));
    const { rows, total } = read(await db.batch(statements));
    return { total, select, rows: await Promise.all(rows.map((row) => tellWebhook(config, row))) };
  },
});

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
