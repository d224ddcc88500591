import { sql } from 'drizzle-orm';
import { ownerOf, refused } from '../../account';
import { ApiError } from '../../http/errors';
import { endpoint } from '../../request/context';
import { recentChallenge } from '../factors/conditions';
import { deleteWhere } from '../factors/deleteWhere';
import { authenticatorPath } from '../factors/params';

/**
 * DELETE /account/mfa/authenticators/{type}: needs a recent challenge, so that a session that was left open does not
 * suffice. One that was never verified protects nothing, and goes without.
 */
export const deleteAuthenticator = endpoint({
  route: 'DELETE /account/mfa/authenticators/:type',
  summary: "Delete the signed-in user's authenticator app",
  scope: 'account',
  params: authenticatorPath,
  returns: [204, null],
  errors: ['user_authenticator_not_found', 'user_challenge_required'],
  event: 'user.update',
  async handle({ params: { type }, ...context }) {
    const owner = ownerOf(context);
    const allowed = sql`(authenticators.verified = false OR ${recentChallenge(owner, context)})`;
    const { found, deleted } = await deleteWhere(context, type, owner.mayAct, allowed);
    if (found === undefined) throw await refused(context);
    if (!found.has) throw new ApiError('user_authenticator_not_found');
    if (!deleted) throw new ApiError('user_challenge_required');
  },
});
