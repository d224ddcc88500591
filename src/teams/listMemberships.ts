import { eq, type SQL, sql } from 'drizzle-orm';
import { memberships, teams } from '../db/schema';
import { ApiError } from '../http/errors';
import { page } from '../lists';
import { endpoint } from '../request/context';
import { listOf } from '../wire/dialect/list';
import { listParams, listRequest } from '../wire/dialect/listParams';
import { membershipModel } from '../wire/membership';
import { teamPath } from '../wire/team';
import { membershipsWhere, within } from './memberships';

/**
 * How many memberships a team has, up to the 5,000 that a total without filters is counted to as well, by the number that
 * the team keeps: to count 5,000 would read as many rows.
 */
function countOf(team: SQL): SQL {
  const unconfirmed = sql`SELECT 1 FROM memberships WHERE memberships.team_seq = ${team} AND memberships.confirm = 0 LIMIT 5000`;
  return sql`SELECT min(5000, teams.total + (SELECT count(*) FROM (${unconfirmed}))) FROM teams WHERE teams.seq = ${team}`;
}

/** GET /teams/{teamId}/memberships: who is in a team, or invited to it. */
export const listMemberships = endpoint({
  route: 'GET /teams/:teamId/memberships',
  summary: "List a team's memberships",
  scope: 'teams.read',
  params: teamPath,
  query: listParams,
  returns: [200, listOf('memberships', membershipModel, { selects: true })],
  errors: ['team_not_found', 'general_cursor_not_found'],
  async handle({ params: { teamId }, query, db }) {
    const owner = db.select({ seq: teams.seq }).from(teams).where(eq(teams.id, teamId));
    const seq = sql`(${owner})`;
    const list = membershipsWhere(sql`${memberships.teamSeq} = ${seq}`, within('team', seq), countOf(seq));
    const { statements, read } = page(db, list, listRequest(query));
    const [[team], ...results] = await db.batch([owner, ...statements]);
    if (team === undefined) throw new ApiError('team_not_found');
    return read(results);
  },
});
