import { eq, sql } from 'drizzle-orm';
import { selectUserSeq } from '../db/expressions';
import { sessions, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { dropCopies, endLooseCredentials, isLive, ofUser, revokeSessions } from '../sessionStore';
import { id, userPath } from '../wire/id';

/** DELETE /users/{userId}/sessions: all of them, and the JWTs and one-time tokens beside them; none is no error. */
export const deleteSessions = endpoint({
  route: 'DELETE /users/:userId/sessions',
  summary: "Delete all of a user's sessions",
  scope: ['users.write', 'sessions.write'],
  params: userPath,
  returns: [204, null],
  errors: ['user_not_found'],
  event: 'session.delete',
  async handle({ params: { userId }, ...context }) {
    const { record, mark } = revokeSessions(context, ofUser(userId));
    const whose = eq(users.id, userId);
    const owner = context.db.select({ seq: users.seq }).from(users).where(whose);
    const [[user], , , , revoked] = await context.db.batch([
      owner,
      ...endLooseCredentials(context, whose),
      record,
      mark,
    ]);
    if (user === undefined) throw new ApiError('user_not_found');
    await dropCopies(context, revoked);
  },
});

/** DELETE /users/{userId}/sessions/{sessionId}: only under the user that owns it. */
export const deleteSession = endpoint({
  route: 'DELETE /users/:userId/sessions/:sessionId',
  summary: "Delete one of a user's sessions",
  scope: ['users.write', 'sessions.write'],
  params: { ...userPath, sessionId: id },
  returns: [204, null],
  errors: ['user_not_found', 'user_session_not_found'],
  event: 'session.delete',
  async handle({ params: { userId, sessionId }, ...context }) {
    const live = sql`${ofUser(userId)} AND ${eq(sessions.id, sessionId)} AND ${isLive(context)}`;
    const { record, mark } = revokeSessions(context, live);
    const owner = selectUserSeq(context.db, userId);
    const [[user], , revoked] = await context.db.batch([owner, record, mark]);
    if (user === undefined) throw new ApiError('user_not_found');
    if (revoked.length === 0) throw new ApiError('user_session_not_found');
    await dropCopies(context, revoked);
  },
});
