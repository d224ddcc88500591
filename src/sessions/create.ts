import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { carriesCapability, checkEntered, mayEnter } from '../request/entrance';
import { BY_SERVER, prepareSession } from '../sessionStore';
import { userPath } from '../wire/id';
import { sessionModel } from '../wire/session';

const ORIGIN = { provider: BY_SERVER, providerUid: '', factors: ['server'] };

/**
 * POST /users/{userId}/sessions: a session made by a server for its user. The answer is the only one that ever holds
 * the secret.
 */
export const createSession = endpoint({
  route: 'POST /users/:userId/sessions',
  summary: 'Create a session for a user',
  scope: ['users.write', 'sessions.write'],
  params: userPath,
  returns: [201, sessionModel],
  errors: ['user_not_found', 'user_blocked'],
  event: 'session.create',
  async handle({ params: { userId }, ...context }) {
    const { caller } = context;
    const origin = { ...ORIGIN, readsUsers: carriesCapability(caller) };
    const { statements, finish } = prepareSession(context, userId, origin, mayEnter(caller));
    const [[made], , , revoked, [user]] = await context.db.batch(statements);
    if (user === undefined) throw new ApiError('user_not_found');
    checkEntered(caller, user);
    if (made === undefined) throw new ApiError('user_blocked');
    const { session, token } = await finish(made, revoked);
    return { ...session, secret: token };
  },
});
