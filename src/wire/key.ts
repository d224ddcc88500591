import * as v from 'valibot';
import type { keys } from '../db/schema';
import type { Model } from '../http/endpoint';
import type { WireContext } from './dialect/context';
import { isoTime } from './dialect/time';

/** An API key; the secret only in the answer that creates it. */
export type Key = Omit<typeof keys.$inferSelect, 'secretHash'> & { readonly secret?: string };

export const modern = v.strictObject({
  $id: v.string(),
  $createdAt: v.string(),
  $updatedAt: v.string(),
  name: v.string(),
  expire: v.string(),
  scopes: v.array(v.string()),
  secret: v.string(),
  accessedAt: v.string(),
  sdks: v.array(v.string()),
});

/** A key as today's Appwrite tells it, but for its secret: that is shown once, then empty. Classic clients know none. */
export const keyModel: Model<Key, WireContext> = {
  name: 'Key',
  schemas: { modern },
  render: (key): v.InferOutput<typeof modern> => ({
    $id: key.id,
    $createdAt: isoTime(key.createdAt),
    $updatedAt: isoTime(key.updatedAt),
    name: key.name,
    expire: isoTime(key.expire),
    scopes: key.scopes,
    secret: key.secret ?? '',
    accessedAt: isoTime(key.accessedAt),
    sdks: key.sdks,
  }),
};
