import { eq, sql } from 'drizzle-orm';
import { memberships, teams } from '../db/schema';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { teamPath } from '../wire/team';
import { recordTeam } from './record';
import { removeMemberships } from './remove';

/**
 * DELETE /teams/{teamId}, with its memberships; the users stay. Its activity rows stay for operators until retention
 * removes them, those of the members in their logs; a new team with the same ID does not see them.
 */
export const deleteTeam = endpoint({
  route: 'DELETE /teams/:teamId',
  summary: 'Delete a team',
  scope: 'teams.write',
  params: teamPath,
  returns: [204, null],
  errors: ['team_not_found'],
  event: 'team.delete',
  async handle({ params: { teamId }, ...context }) {
    const { db } = context;
    const team = db.select({ seq: teams.seq }).from(teams).where(eq(teams.id, teamId));
    const members = removeMemberships(context, sql`${memberships.teamSeq} = (${team})`);
    const [, , , [deleted]] = await db.batch([
      members.record,
      recordTeam(context, teamId),
      members.remove,
      db.delete(teams).where(eq(teams.id, teamId)).returning({ seq: teams.seq }),
    ]);
    if (deleted === undefined) throw new ApiError('team_not_found');
  },
});
