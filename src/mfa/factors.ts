import { eq, type SQL, sql } from 'drizzle-orm';
import { ownerOf, refused } from '../account';
import type { Database } from '../db/database';
import { users } from '../db/schema';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { userPath } from '../wire/id';
import { factorsModel } from '../wire/mfa';
import { hasRecoveryCodes, hasVerifiedAuthenticator } from './conditions';

/** GET /users/{userId}/mfa/factors. */
export const listFactors = endpoint({
  route: 'GET /users/:userId/mfa/factors',
  summary: "List a user's factors",
  scope: 'users.read',
  params: userPath,
  returns: [200, factorsModel],
  errors: ['user_not_found'],
  async handle({ params, db }) {
    const factors = await readFactors(db, eq(users.id, params.userId));
    if (factors === undefined) throw new ApiError('user_not_found');
    return factors;
  },
});

/** GET /account/mfa/factors: what a client asks to know which challenge to offer. */
export const listAccountFactors = endpoint({
  route: 'GET /account/mfa/factors',
  summary: "List the signed-in user's factors",
  scope: 'account',
  beforeMfa: true,
  returns: [200, factorsModel],
  async handle(context) {
    const factors = await readFactors(context.db, ownerOf(context).mayAct);
    if (factors === undefined) throw await refused(context);
    return factors;
  },
});

/** As in Appwrite, an address counts as a factor once it is verified, whether or not a code could be sent to it. */
async function readFactors(db: Database, user: SQL) {
  const [factors] = await db
    .select({
      totp: hasVerifiedAuthenticator.mapWith(Boolean),
      phone: sql`users.phone IS NOT NULL AND users.phone_verification`.mapWith(Boolean),
      email: sql`users.email IS NOT NULL AND users.email_verification`.mapWith(Boolean),
      recoveryCode: hasRecoveryCodes.mapWith(Boolean),
    })
    .from(users)
    .where(user);
  return factors;
}
