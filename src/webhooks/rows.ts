import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { NO_USER, recordActivity } from '../activity/record';
import type { Config } from '../config';
import { webhooks } from '../db/schema';
import { ApiError } from '../http/errors';
import type { Context } from '../request/context';
import type { Webhook } from '../wire/webhook';
import { openFor } from './secrets';

const { secret, previousSecret, previousUntil, listens, notBefore, busyUntil, ...told } =
  getTableColumns(webhooks);

/** The columns that the model is told from: no secret is read. */
export const webhookColumns = told;

type Row = Omit<Webhook, 'secret'>;

/** A row as it is told: the password, which is stored sealed, opened; empty where no key opens it any more. */
export async function tellWebhook(config: Config, row: Row): Promise<Row> {
  return { ...row, authPassword: (await openFor(config, 'password', row.id, row.authPassword)) ?? '' };
}

/** @throws ApiError webhook_not_found where a statement returned none */
export function found<Found>(row: Found | undefined): Found {
  if (row === undefined) throw new ApiError('webhook_not_found');
  return row;
}

/** The activity row of a change to a webhook, for the change's own batch: in no user's log. */
export function recordWebhook(context: Context, webhookId: string, only: SQL = sql`true`) {
  const subject = { ...NO_USER, resourceId: sql`${webhooks.id}` };
  const from = sql`FROM ${webhooks} WHERE ${webhooks.id} = ${webhookId} AND ${only}`;
  return recordActivity(context, context.event, subject, from);
}
