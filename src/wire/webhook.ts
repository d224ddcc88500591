import * as v from 'valibot';
import type { webhooks } from '../db/schema';
import type { Model } from '../http/endpoint';
import type { WireContext } from './dialect/context';
import { isoTime } from './dialect/time';
import { id } from './id';

/** A webhook, its password opened; the secret only where it was made or rotated. */
export type Webhook = Pick<
  typeof webhooks.$inferSelect,
  | ('id' | 'name' | 'url' | 'events' | 'tls' | 'authUsername' | 'authPassword')
  | ('enabled' | 'logs' | 'attempts' | 'createdAt' | 'updatedAt')
> & { readonly secret?: string };

export const modern = v.strictObject({
  $id: v.string(),
  $createdAt: v.string(),
  $updatedAt: v.string(),
  name: v.string(),
  url: v.string(),
  events: v.array(v.string()),
  tls: v.boolean(),
  authUsername: v.string(),
  authPassword: v.string(),
  secret: v.string(),
  enabled: v.boolean(),
  logs: v.string(),
  attempts: v.number(),
});

/** A webhook as today's Appwrite tells it. Classic clients know none. */
export const webhookModel: Model<Webhook, WireContext> = {
  name: 'Webhook',
  schemas: { modern },
  render: (webhook): v.InferOutput<typeof modern> => ({
    $id: webhook.id,
    $createdAt: isoTime(webhook.createdAt),
    $updatedAt: isoTime(webhook.updatedAt),
    name: webhook.name,
    url: webhook.url,
    events: webhook.events,
    tls: webhook.tls,
    authUsername: webhook.authUsername,
    authPassword: webhook.authPassword,
    secret: webhook.secret ?? '',
    enabled: webhook.enabled,
    logs: webhook.logs,
    attempts: webhook.attempts,
  }),
};

/** The webhook in a path. */
export const webhookPath = { webhookId: id };
