import { type SQL, sql } from 'drizzle-orm';
import { type Actor, NO_USER, recordActivity } from '../activity/record';
import { memberships, teams, users } from '../db/schema';
import type { Context } from '../request/context';

/** The activity row of a change to a team alone, for the change's own batch: no user's log has it. */
export function recordTeam(context: Context, teamId: string) {
  const subject = { ...NO_USER, teamSeq: sql`${teams.seq}`, resourceId: sql`${teams.id}` };
  return recordActivity(context, context.event, subject, sql`FROM ${teams} WHERE ${teams.id} = ${teamId}`);
}

/**
 * The activity rows of a change to memberships, for the change's own batch: each is in the log of the user and in that
 * of the team.
 * @param which of all memberships; an index must serve it
 */
export function recordMemberships(actor: Actor, event: string, which: SQL) {
  const subject = {
    userSeq: sql`${memberships.userSeq}`,
    userId: sql`${users.id}`,
    teamSeq: sql`${memberships.teamSeq}`,
    resourceId: sql`${memberships.id}`,
  };
  const from = sql`FROM ${memberships} JOIN ${users} ON ${users.seq} = ${memberships.userSeq} WHERE ${which}`;
  return recordActivity(actor, event, subject, from);
}
