import * as v from 'valibot';
import type { challenges } from '../db/schema';
import type { Model } from '../http/endpoint';
import { isoTime } from './dialect/time';

const schema = v.strictObject({
  $id: v.string(),
  $createdAt: v.string(),
  userId: v.string(),
  expire: v.string(),
});

type Challenge = Pick<typeof challenges.$inferSelect, 'id' | 'createdAt' | 'expire'> & { userId: string };

/** A second factor that was asked for. */
export const challengeModel: Model<Challenge, unknown> = {
  name: 'MfaChallenge',
  schemas: { any: schema },
  render: ({ id, createdAt, userId, expire }): v.InferOutput<typeof schema> => ({
    $id: id,
    $createdAt: isoTime(createdAt),
    userId,
    expire: isoTime(expire),
  }),
};
