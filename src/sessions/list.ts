import { and, asc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import { endpoint } from '../context';
import { sessions, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { userPath } from '../wire/id';
import { listOf } from '../wire/list';
import { queryParams } from '../wire/listParams';
import { sessionModel } from '../wire/session';

const { seq, userSeq, secretHash, revokedAt, ...columns } = getTableColumns(sessions);

/** The most that one answer holds; a user with more live sessions than this is not a person. */
const MAX_LISTED = 1000;

/** GET /users/{userId}/sessions: the live ones, oldest first; never a revoked or an expired one. */
export const listSessions = endpoint({
  route: 'GET /users/:userId/sessions',
  summary: "List a user's sessions",
  scope: ['users.read', 'sessions.read'],
  params: userPath,
  query: { total: queryParams.total },
  returns: [200, listOf('sessions', sessionModel)],
  errors: ['user_not_found'],
  async handle({ params: { userId }, query, db, now }) {
    const owner = db.select({ seq: users.seq }).from(users).where(eq(users.id, userId));
    const [[user], rows] = await db.batch([
      owner,
      db
        .select(columns)
        .from(sessions)
        .where(
          and(eq(sessions.userSeq, sql`(${owner})`), isNull(sessions.revokedAt), gt(sessions.expire, now)),
        )
        .orderBy(asc(sessions.seq))
        .limit(MAX_LISTED),
    ]);
    if (user === undefined) throw new ApiError('user_not_found');
    const total = query.total ? rows.length : 0;
    return { total, rows: rows.map((session) => ({ ...session, userId })) };
  },
});
