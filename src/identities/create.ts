import { and, eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { recordActivity } from '../activity/record';
import { violatedColumns } from '../db/errors';
import { insertFrom } from '../db/insertFrom';
import { identities, users } from '../db/schema';
import { email } from '../emails/address';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { checkEntered, mayEnter } from '../request/entrance';
import { foldText } from '../text/fold';
import { newId, userPath } from '../wire/id';
import { identityModel } from '../wire/identity';
import { identityColumns } from './columns';
import { provider, providerUid } from './params';

/**
 * POST /users/{userId}/identities: an account of another provider that the user has proved to be its own. Not in
 * Appwrite, whose OAuth2 flow makes identities by itself; here the server that runs such a flow tells what came of it.
 */
export const createIdentity = endpoint({
  route: 'POST /users/:userId/identities',
  summary: "Record a user's account at another provider",
  scope: 'users.write',
  params: userPath,
  body: {
    identityId: v.optional(newId, 'unique()'),
    provider,
    providerUid,
    providerEmail: v.optional(email),
  },
  returns: [201, identityModel],
  errors: ['user_not_found', 'user_identity_already_exists', 'user_email_already_exists'],
  event: 'identity.create',
  async handle({ params: { userId }, body, ...context }) {
    const { db, now, event, caller } = context;
    const row = {
      id: body.identityId,
      userSeq: sql`${users.seq}`,
      provider: body.provider,
      providerUid: body.providerUid,
      providerUidKey: foldText(body.providerUid),
      providerEmail: body.providerEmail ?? '',
      providerAccessTokenExpiry: null,
      createdAt: now,
      updatedAt: now,
    };
    const user = sql`FROM ${users} WHERE ${users.id} = ${userId} AND ${mayEnter(caller)}`;
    const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}`, resourceId: sql`${row.id}` };
    const [, , [owner], [identity]] = await db
      .batch([
        insertFrom(db, identities, row, user),
        recordActivity(context, event, subject, user),
        db.select({ impersonator: users.impersonator }).from(users).where(eq(users.id, userId)),
        db
          .select(identityColumns)
          .from(identities)
          .innerJoin(users, eq(users.seq, identities.userSeq))
          // Of this user: where there is none, the ID may be that of another one's identity.
          .where(and(eq(identities.id, row.id), eq(users.id, userId))),
      ])
      .catch(throwTaken);
    checkEntered(caller, owner);
    if (owner === undefined || identity === undefined) throw new ApiError('user_not_found');
    return identity;
  },
});

function throwTaken(error: unknown): never {
  const [column] = violatedColumns(error);
  if (column?.startsWith('identities.')) throw new ApiError('user_identity_already_exists');
  if (column === 'users.email') throw new ApiError('user_email_already_exists');
  throw error;
}
