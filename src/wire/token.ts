import * as v from 'valibot';
import type { tokens } from '../db/schema';
import type { Model } from '../http/endpoint';
import type { WireContext } from './dialect/context';
import { isoTime, unixTime } from './dialect/time';

/** A one-time token, in the only answer that holds its secret. */
export type Token = Omit<typeof tokens.$inferSelect, 'secretHash' | 'readsUsers'> & {
  readonly userId: string;
  readonly secret: string;
};

const classic = v.strictObject({
  $id: v.string(),
  $createdAt: v.number(),
  userId: v.string(),
  secret: v.string(),
  expire: v.number(),
});

const modern = v.strictObject({
  $id: v.string(),
  $createdAt: v.string(),
  userId: v.string(),
  secret: v.string(),
  expire: v.string(),
  phrase: v.exactOptional(v.string()),
});

/** A token as the API tells it. */
export const tokenModel: Model<Token, WireContext> = {
  name: 'Token',
  schemas: { classic, modern },
  render(
    { id, userId, secret, createdAt, expire },
    { format },
  ): v.InferOutput<typeof classic | typeof modern> {
    if (format.classic) {
      return { $id: id, $createdAt: unixTime(createdAt), userId, secret, expire: unixTime(expire) };
    }
    const token = { $id: id, $createdAt: isoTime(createdAt), userId, secret, expire: isoTime(expire) };
    return format.before('1.5.0') ? token : { ...token, phrase: '' };
  },
};
