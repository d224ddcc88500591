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

/** The same fields, in a component of its own. */
const ephemeral = v.strictObject(modern.entries);

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

/** An ephemeral key, which is told once and stored nowhere. */
export interface EphemeralKey {
  readonly secret: string;
  readonly scopes: readonly string[];
  /** Milliseconds. */
  readonly expire: number;
  /** Milliseconds. */
  readonly createdAt: number;
  /** Who holds it; empty where nobody was named. */
  readonly person: string;
}

/** An ephemeral key as Appwrite tells it: without an ID, since nothing is kept of it; its name is the person's, if given. */
export const ephemeralKeyModel: Model<EphemeralKey, WireContext> = {
  name: 'EphemeralKey',
  schemas: { modern: ephemeral },
  render: (key): v.InferOutput<typeof ephemeral> => ({
    $id: '',
    $createdAt: isoTime(key.createdAt),
    $updatedAt: isoTime(key.createdAt),
    name: key.person,
    expire: isoTime(key.expire),
    scopes: [...key.scopes],
    secret: key.secret,
    accessedAt: '',
    sdks: [],
  }),
};
