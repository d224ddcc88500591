import { webhooks } from '../db/schema';
import { type Fields, listSource, page } from '../lists';
import { endpoint } from '../request/context';
import { listOf } from '../wire/dialect/list';
import { listRequest, queryParams } from '../wire/dialect/listParams';
import { type modern, webhookModel } from '../wire/webhook';
import { tellWebhook, webhookColumns } from './rows';

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
  few: true,
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
