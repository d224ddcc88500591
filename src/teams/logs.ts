import { eq, sql } from 'drizzle-orm';
import { logColumns } from '../activity/columns';
import { seqOfTeam, userCount } from '../db/expressions';
import { activity, teams, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { listSource, page } from '../lists';
import { endpoint } from '../request/context';
import { listOf } from '../wire/dialect/list';
import { listRequest, pageParams, queryParams } from '../wire/dialect/listParams';
import { logModel } from '../wire/log';
import { teamPath } from '../wire/team';

/** The columns of an activity row, and of the user that it is about where it is about one that is still there. */
const columns = {
  ...logColumns,
  userName: sql<string | null>`${users.name}`.as('user_name'),
  userEmail: sql<string | null>`${users.email}`.as('user_email'),
};

/** What happened to one team and its members: newest first, in pages, neither filtered nor ordered, as a user's. */
const logsOf = (teamId: string) =>
  listSource({
    columns,
    select: (db, chosen = columns) =>
      db.select(chosen).from(activity).leftJoin(users, eq(users.seq, activity.userSeq)).$dynamic(),
    from: activity,
    joined: sql`${activity} LEFT JOIN ${users} ON ${users.seq} = ${activity.userSeq}`,
    seq: activity.seq,
    noun: 'Log',
    attributes: {},
    where: sql`${activity.teamSeq} = ${seqOfTeam(teamId)}`,
    size: { rows: userCount, of: 'users' },
    defaultOrder: 'desc',
  });

/** GET /teams/{teamId}/logs: what happened to a team, and who came and went, whoever did it. */
export const listTeamLogs = endpoint({
  route: 'GET /teams/:teamId/logs',
  summary: "List a team's activity",
  scope: 'teams.read',
  params: teamPath,
  query: { ...queryParams, ...pageParams },
  returns: [200, listOf('logs', logModel)],
  errors: ['team_not_found'],
  async handle({ params: { teamId }, query, db }) {
    const { statements, read } = page(db, logsOf(teamId), listRequest(query));
    const [[team], ...results] = await db.batch([
      db.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)),
      ...statements,
    ]);
    if (team === undefined) throw new ApiError('team_not_found');
    const { rows, total } = read(results);
    return {
      total,
      rows: rows.map((row) => ({ ...row, user: { name: row.userName ?? '', email: row.userEmail }, teamId })),
    };
  },
});
