import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { deliveries, webhooks } from '../db/schema';
import { ApiError } from '../http/errors';
import { integer } from '../http/params';
import { type Fields, listSource, page } from '../lists';
import { type Context, endpoint } from '../request/context';
import { found, recordWebhook, wakeLater } from '../webhooks';
import { deliveryModel, deliveryPath, type deliverySchema, replayModel } from '../wire/delivery';
import { listOf } from '../wire/dialect/list';
import { listRequest, queryParams } from '../wire/dialect/listParams';
import { webhookPath } from '../wire/webhook';
import { publishTest } from './publish';

const { seq, webhookSeq, event, isTest, ...columns } = getTableColumns(deliveries);

const fields: Fields<typeof columns, keyof typeof deliverySchema.entries> = {
  $id: ['eventSeq'],
  $createdAt: ['createdAt'],
  event: ['name'],
  state: ['state'],
  tries: ['tries'],
  status: ['status'],
  duration: ['duration'],
  error: ['error'],
  triedAt: ['triedAt'],
  nextTryAt: ['dueAt'],
};

/** The sequence of the webhook in a path; null where there is none. */
const seqOfWebhook = (webhookId: string): SQL =>
  sql`(SELECT webhooks.seq FROM webhooks WHERE webhooks.id = ${webhookId})`;

const selectWebhook = ({ db }: Pick<Context, 'db'>, webhookId: string) =>
  db.select({ seq: webhooks.seq }).from(webhooks).where(eq(webhooks.id, webhookId));

/** How many deliveries there may be of all webhooks, by their numbers. */
const deliveryCount = sql`coalesce((SELECT max(seq) FROM deliveries) - (SELECT min(seq) FROM deliveries) + 1, 0)`;

/** The deliveries of one webhook, newest first; the sequence is that of their events. */
const deliveriesOf = (webhookId: string) =>
  listSource({
    columns,
    fields,
    select: (db, chosen = columns) => db.select(chosen).from(deliveries).$dynamic(),
    from: deliveries,
    seq: deliveries.eventSeq,
    id: deliveries.eventSeq,
    noun: 'Delivery',
    attributes: {
      event: { column: deliveries.name, type: 'string' },
      state: { column: deliveries.state, type: 'string' },
      tries: { column: deliveries.tries, type: 'integer' },
      status: { column: deliveries.status, type: 'integer' },
      $createdAt: { column: deliveries.createdAt, type: 'datetime' },
      $sequence: { column: deliveries.eventSeq, type: 'integer' },
    },
    where: sql`${deliveries.webhookSeq} = ${seqOfWebhook(webhookId)}`,
    size: { rows: deliveryCount, of: 'deliveries' },
    defaultOrder: 'desc',
  });

/** GET /webhooks/{webhookId}/deliveries: those of the last 30 days. */
export const listDeliveries = endpoint({
  route: 'GET /webhooks/:webhookId/deliveries',
  summary: "List a webhook's deliveries",
  scope: 'webhooks.read',
  params: webhookPath,
  query: queryParams,
  returns: [200, listOf('deliveries', deliveryModel, { selects: true })],
  errors: ['webhook_not_found', 'general_cursor_not_found'],
  async handle({ params: { webhookId }, query, ...context }) {
    const { db } = context;
    const { statements, read, select } = page(db, deliveriesOf(webhookId), listRequest(query));
    const [[webhook], ...results] = await db.batch([selectWebhook(context, webhookId), ...statements]);
    found(webhook);
    return { ...read(results), select };
  },
});

/** POST /webhooks/{webhookId}/deliveries/{deliveryId}/retry: sends it anew, at once, whatever became of it before. */
export const retryDelivery = endpoint({
  route: 'POST /webhooks/:webhookId/deliveries/:deliveryId/retry',
  summary: 'Send a delivery of a webhook again',
  scope: 'webhooks.write',
  params: deliveryPath,
  returns: [202, deliveryModel],
  errors: ['webhook_not_found', 'webhook_delivery_not_found'],
  event: 'webhook.retry',
  async handle({ params: { webhookId, deliveryId }, ...context }) {
    const { db, now } = context;
    const sequence = /^\d{1,15}$/.test(deliveryId) ? Number(deliveryId) : 0;
    const one = sql`${deliveries.webhookSeq} = ${seqOfWebhook(webhookId)} AND ${deliveries.eventSeq} = ${sequence}`;
    const isThere = sql`EXISTS (SELECT 1 FROM deliveries WHERE ${one})`;
    const [[webhook], , [delivery]] = await db.batch([
      selectWebhook(context, webhookId),
      recordWebhook(context, webhookId, isThere),
      db.update(deliveries).set(anew(now)).where(one).returning(columns),
    ]);
    const { seq } = found(webhook);
    if (delivery === undefined) throw new ApiError('webhook_delivery_not_found');
    wakeLater(context, [seq]);
    return delivery;
  },
});

/** As if it had never been sent. */
const anew = (now: number) => ({ state: 'pending' as const, tries: 0, dueAt: now });

/** Deliveries that a call sends anew, at most. */
const REPLAYED = 1_000;

const isoTimestamp = v.message(
  v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.transform((value) => Date.parse(value)),
    v.check((value) => Number.isFinite(value)),
  ),
  'Value must be a valid ISO 8601 date with time and offset, such as 2030-01-31T12:00:00.000+00:00',
);

/** How far the clocks of Cloudflare's machines may differ, milliseconds: by so much events of later numbers may be earlier. */
const SKEW = 60_000;

/** About the first event at a time, by the index of times: what came long before is not looked at. */
function firstAt(webhook: SQL, time: number): SQL {
  return sql`(SELECT first.event_seq FROM deliveries AS first
    WHERE first.webhook_seq = ${webhook} AND first.created_at >= ${time - SKEW} ORDER BY first.created_at LIMIT 1)`;
}

/**
 * POST /webhooks/{webhookId}/replay: sends anew what the webhook was sent, or was to be sent, from a sequence or a time on, a
 * thousand a call. What is still waiting stays as it is, and tests are none of it.
 */
export const replayDeliveries = endpoint({
  route: 'POST /webhooks/:webhookId/replay',
  summary: 'Send deliveries of a webhook again, from a sequence or time on',
  scope: 'webhooks.write',
  params: webhookPath,
  body: {
    sequence: v.optional(integer(0, Number.MAX_SAFE_INTEGER)),
    time: v.optional(isoTimestamp),
  },
  returns: [202, replayModel],
  errors: ['webhook_not_found'],
  event: 'webhook.replay',
  async handle({ params: { webhookId }, body: { sequence, time }, ...context }) {
    const { db, now } = context;
    if (sequence === undefined && time === undefined)
      throw new ApiError('general_argument_invalid', 'At least one of sequence or time is required');
    const webhook = seqOfWebhook(webhookId);
    // SQLite searches an index by one bound alone.
    const start = sql`${sequence ?? 0}`;
    const from =
      time === undefined
        ? sql`d.event_seq >= ${start}`
        : sql`d.event_seq >= max(${start}, ${firstAt(webhook, time)}) AND d.created_at >= ${time}`;
    const [[row], , replayed] = await db.batch([
      selectWebhook(context, webhookId),
      recordWebhook(context, webhookId),
      db
        .update(deliveries)
        .set(anew(now))
        .where(
          sql`${deliveries.seq} IN (SELECT d.seq FROM deliveries AS d
            WHERE d.webhook_seq = ${webhook} AND ${from} AND d.due_at IS NULL AND d.is_test = 0
            ORDER BY d.event_seq LIMIT ${REPLAYED})`,
        )
        .returning({ eventSeq: deliveries.eventSeq }),
    ]);
    const { seq } = found(row);
    if (replayed.length > 0) wakeLater(context, [seq]);
    const last = replayed.reduce((most, { eventSeq }) => Math.max(most, eventSeq), 0);
    return { total: replayed.length, next: replayed.length < REPLAYED ? null : last + 1 };
  },
});

/**
 * POST /webhooks/{webhookId}/test: sends the webhook itself as `webhooks.{id}.test`, at once, whether it is on or not and
 * whatever it subscribes to. A test is sent once, and its failure is none of the webhook's.
 */
export const testWebhook = endpoint({
  route: 'POST /webhooks/:webhookId/test',
  summary: 'Send a test to a webhook',
  scope: 'webhooks.write',
  params: webhookPath,
  returns: [202, deliveryModel],
  errors: ['webhook_not_found'],
  event: 'webhook.test',
  async handle({ params: { webhookId }, ...context }) {
    const { db } = context;
    const [[webhook], , , [delivery]] = await db.batch([
      selectWebhook(context, webhookId),
      recordWebhook(context, webhookId),
      publishTest(db, webhookId),
      db
        .select(columns)
        .from(deliveries)
        .where(
          sql`${deliveries.webhookSeq} = ${seqOfWebhook(webhookId)} AND ${deliveries.eventSeq} = (SELECT max(seq) FROM activity)`,
        ),
    ]);
    const { seq } = found(webhook);
    wakeLater(context, [seq]);
    return found(delivery);
  },
});
