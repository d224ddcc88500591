import * as v from 'valibot';
import type { identities } from '../db/schema';
import type { Model } from '../http/endpoint';
import type { WireContext } from './dialect/context';
import { isoTime } from './dialect/time';

/** An identity and its owner's ID. */
export type Identity = Omit<typeof identities.$inferSelect, 'seq' | 'userSeq' | 'providerUidKey'> & {
  readonly userId: string;
};

export const modern = v.strictObject({
  $id: v.string(),
  $createdAt: v.string(),
  $updatedAt: v.string(),
  userId: v.string(),
  provider: v.string(),
  providerUid: v.string(),
  providerEmail: v.string(),
  providerAccessToken: v.string(),
  providerAccessTokenExpiry: v.string(),
  providerRefreshToken: v.string(),
});

/** A user's account elsewhere. Tokens of the provider are not kept here, so their fields are empty. */
export const identityModel: Model<Identity, WireContext> = {
  name: 'Identity',
  schemas: { modern },
  render: (identity): v.InferOutput<typeof modern> => ({
    $id: identity.id,
    $createdAt: isoTime(identity.createdAt),
    $updatedAt: isoTime(identity.updatedAt),
    userId: identity.userId,
    provider: identity.provider,
    providerUid: identity.providerUid,
    providerEmail: identity.providerEmail,
    providerAccessToken: '',
    providerAccessTokenExpiry: isoTime(identity.providerAccessTokenExpiry),
    providerRefreshToken: '',
  }),
};
