import * as v from 'valibot';
import type { memberships } from '../db/schema';
import type { Model } from '../http/endpoint';
import type { WireContext } from './dialect/context';
import { isoTime, unixTime } from './dialect/time';
import { nameTold } from './name';

/** A membership with what its model tells of the two sides. */
export type Membership = Omit<typeof memberships.$inferSelect, 'userSeq' | 'teamSeq'> & {
  readonly userId: string;
  readonly userName: string;
  readonly userEmail: string | null;
  readonly userPhone: string | null;
  readonly userMfa: boolean;
  readonly userAccessedAt: number | null;
  readonly teamId: string;
  readonly teamName: string;
};

const names = {
  userId: v.string(),
  userName: v.string(),
  userEmail: v.string(),
};

const classic = v.strictObject({
  $id: v.string(),
  $createdAt: v.number(),
  $updatedAt: v.number(),
  ...names,
  teamId: v.string(),
  teamName: v.string(),
  invited: v.number(),
  joined: v.number(),
  confirm: v.boolean(),
  roles: v.array(v.string()),
});

export const modern = v.strictObject({
  $id: v.string(),
  $createdAt: v.string(),
  $updatedAt: v.string(),
  ...names,
  userPhone: v.exactOptional(v.string()),
  teamId: v.string(),
  teamName: v.string(),
  invited: v.string(),
  joined: v.string(),
  confirm: v.boolean(),
  mfa: v.exactOptional(v.boolean()),
  userAccessedAt: v.string(),
  roles: v.array(v.string()),
});

/**
 * A user's place in a team. How to reach the user, and whether it wants two factors, is for those who may read users: to a
 * key that has only the scopes of teams it is as if unknown.
 */
export const membershipModel: Model<Membership, WireContext> = {
  name: 'Membership',
  schemas: { classic, modern },
  render(membership, context) {
    return context.format.classic ? renderClassic(membership, context) : renderModern(membership, context);
  },
};

function sides({ userId, userName, userEmail }: Membership, { seesUsers }: WireContext) {
  return { userId, userName: nameTold(userName, seesUsers), userEmail: (seesUsers && userEmail) || '' };
}

function renderClassic(membership: Membership, context: WireContext): v.InferOutput<typeof classic> {
  return {
    $id: membership.id,
    $createdAt: unixTime(membership.createdAt),
    $updatedAt: unixTime(membership.updatedAt),
    ...sides(membership, context),
    teamId: membership.teamId,
    teamName: membership.teamName,
    invited: unixTime(membership.invited),
    joined: unixTime(membership.joined),
    confirm: membership.confirm,
    roles: membership.roles,
  };
}

function renderModern(membership: Membership, context: WireContext): v.InferOutput<typeof modern> {
  const { format, seesUsers } = context;
  return {
    $id: membership.id,
    $createdAt: isoTime(membership.createdAt),
    $updatedAt: isoTime(membership.updatedAt),
    ...sides(membership, context),
    ...(format.before('1.9.2') ? {} : { userPhone: (seesUsers && membership.userPhone) || '' }),
    teamId: membership.teamId,
    teamName: membership.teamName,
    invited: isoTime(membership.invited),
    joined: isoTime(membership.joined),
    confirm: membership.confirm,
    ...(format.before('1.5.0') ? {} : { mfa: seesUsers && membership.userMfa }),
    userAccessedAt: isoTime(membership.userAccessedAt),
    roles: membership.roles,
  };
}
