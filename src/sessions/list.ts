import { and, asc, eq, sql } from 'drizzle-orm';
import { selectUserSeq } from '../db/expressions';
import { sessions } from '../db/schema';
import { ApiError } from '../http/errors';
import { isAllowed } from '../request/caller';
import { endpoint } from '../request/context';
import { isLive, liveSession, MAX_LISTED } from '../sessionStore';
import { listOf } from '../wire/dialect/list';
import { queryParams } from '../wire/dialect/listParams';
import { userPath } from '../wire/id';
import { sessionModel } from '../wire/session';

/** GET /users/{userId}/sessions: the live ones, oldest first; never a revoked or an expired one. */
export const listSessions = endpoint({
  route: 'GET /users/:userId/sessions',
  summary: "List a user's sessions",
  scope: ['users.read', 'sessions.read'],
  params: userPath,
  query: { total: queryParams.total },
  returns: [200, listOf('sessions', sessionModel)],
  errors: ['user_not_found'],
  async handle({ params: { userId }, query, ...context }) {
    const { db, caller } = context;
    const owner = selectUserSeq(db, userId);
    const [[user], rows] = await db.batch([
      owner,
      db
        .select()
        .from(sessions)
        .where(and(eq(sessions.userSeq, sql`(${owner})`), isLive(context)))
        .orderBy(asc(sessions.seq))
        .limit(MAX_LISTED),
    ]);
    if (user === undefined) throw new ApiError('user_not_found');
    const total = query.total ? rows.length : 0;
    // The account that it was made by is the user's e-mail address, more often than not.
    const known = isAllowed(caller, ['users.read']) ? {} : { providerUid: '' };
    return { total, rows: rows.map((row) => ({ ...liveSession(context, row, userId), ...known })) };
  },
});
