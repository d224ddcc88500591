import { eq, sql } from 'drizzle-orm';
import { logColumns } from '../activity/columns';
import { seqOfUser, userCount } from '../db/expressions';
import { activity, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { listSource, page } from '../lists';
import { endpoint } from '../request/context';
import { listOf } from '../wire/dialect/list';
import { listRequest, pageParams, queryParams } from '../wire/dialect/listParams';
import { userPath } from '../wire/id';
import { logModel } from '../wire/log';

/** What happened to one user: newest first, in pages; like Appwrite's, it can be neither filtered nor ordered. */
const logsOf = (userId: string) =>
  listSource({
    columns: logColumns,
    select: (db, chosen = logColumns) => db.select(chosen).from(activity).$dynamic(),
    from: activity,
    seq: activity.seq,
    noun: 'Log',
    attributes: {},
    where: sql`${activity.userSeq} = ${seqOfUser(userId)}`,
    size: { rows: userCount, of: 'users' },
    defaultOrder: 'desc',
  });

/**
 * GET /users/{userId}/logs: what happened to a user, whoever did it. Rows belong to the user they were written for, not
 * to its ID: a new user with the same ID does not see them.
 */
export const listLogs = endpoint({
  route: 'GET /users/:userId/logs',
  summary: "List a user's activity",
  scope: 'users.read',
  params: userPath,
  query: { ...queryParams, ...pageParams },
  returns: [200, listOf('logs', logModel)],
  errors: ['user_not_found'],
  async handle({ params: { userId }, query, db }) {
    const { statements, read } = page(db, logsOf(userId), listRequest(query));
    const [[user], ...results] = await db.batch([
      db.select({ name: users.name, email: users.email }).from(users).where(eq(users.id, userId)),
      ...statements,
    ]);
    if (user === undefined) throw new ApiError('user_not_found');
    const { rows, total } = read(results);
    return { total, rows: rows.map((row) => ({ ...row, user })) };
  },
});
