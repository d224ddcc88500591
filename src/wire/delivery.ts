import * as v from 'valibot';
import type { deliveries } from '../db/schema';
import type { Model } from '../http/endpoint';
import { plainModel } from './dialect/plain';
import { isoTime } from './dialect/time';
import { id } from './id';
import { webhookPath } from './webhook';

export type Delivery = Pick<
  typeof deliveries.$inferSelect,
  | ('eventSeq' | 'name' | 'state' | 'tries')
  | ('status' | 'duration' | 'error' | 'dueAt' | 'triedAt' | 'createdAt')
>;

export const deliverySchema = v.strictObject({
  /** The sequence of the event: its ID in the feed. */
  $id: v.string(),
  $createdAt: v.string(),
  event: v.string(),
  state: v.picklist(['pending', 'delivered', 'failed']),
  tries: v.number(),
  status: v.number(),
  duration: v.number(),
  error: v.string(),
  triedAt: v.string(),
  nextTryAt: v.string(),
});

/** What became of an event that a webhook was to be sent: ours, Appwrite keeps none. */
export const deliveryModel: Model<Delivery, unknown> = {
  name: 'WebhookDelivery',
  schemas: { any: deliverySchema },
  render: (delivery): v.InferOutput<typeof deliverySchema> => ({
    $id: String(delivery.eventSeq),
    $createdAt: isoTime(delivery.createdAt),
    event: delivery.name,
    state: delivery.state,
    tries: delivery.tries,
    status: delivery.status,
    duration: delivery.duration,
    error: delivery.error,
    triedAt: isoTime(delivery.triedAt),
    nextTryAt: isoTime(delivery.dueAt),
  }),
};

/** How many deliveries are sent anew, and from which sequence the next call goes on; null where that was all. */
export const replayModel = plainModel(
  'WebhookReplay',
  v.strictObject({ total: v.number(), next: v.nullable(v.number()) }),
);

/** The delivery in a path. */
export const deliveryPath = { ...webhookPath, deliveryId: id };
