import * as v from 'valibot';
import type { targets } from '../db/schema';
import type { Model } from '../http/endpoint';
import type { WireContext } from './dialect/context';
import { isoTime } from './dialect/time';

/** A target and its owner's ID. */
export type Target = Omit<typeof targets.$inferSelect, 'seq' | 'userSeq'> & { readonly userId: string };

export const targetSchema = v.strictObject({
  $id: v.string(),
  $createdAt: v.string(),
  $updatedAt: v.string(),
  name: v.string(),
  userId: v.string(),
  providerId: v.nullable(v.string()),
  providerType: v.string(),
  identifier: v.string(),
  expired: v.boolean(),
});

/** Where a user can be reached. Classic clients know no targets, so there is one form of it. */
export const targetModel: Model<Target, WireContext> = {
  name: 'Target',
  schemas: { modern: targetSchema },
  render: renderTarget,
};

export function renderTarget(target: Target): v.InferOutput<typeof targetSchema> {
  return {
    $id: target.id,
    $createdAt: isoTime(target.createdAt),
    $updatedAt: isoTime(target.updatedAt),
    name: target.name,
    userId: target.userId,
    providerId: target.providerId,
    providerType: target.providerType,
    identifier: target.identifier,
    expired: target.expired,
  };
}
