import { sql } from 'drizzle-orm';
import { seqOfTeam } from '../db/expressions';
import { memberships } from '../db/schema';
import { ApiError, type ErrorType } from '../http/errors';
import { type Context, endpoint } from '../request/context';
import { type Membership, membershipModel } from '../wire/membership';
import { membershipPath } from '../wire/team';
import { membershipsWhere } from './memberships';
import { roles } from './params';
import { recordMemberships } from './record';

/** GET /teams/{teamId}/memberships/{membershipId}. */
export const getMembership = endpoint({
  route: 'GET /teams/:teamId/memberships/:membershipId',
  summary: 'Get a membership',
  scope: 'teams.read',
  params: membershipPath,
  returns: [200, membershipModel],
  errors: ['team_not_found', 'membership_not_found', 'team_membership_mismatch'],
  async handle({ params, db }) {
    const [[membership], [place]] = await db.batch([selectAt(db, params), placeOf(db, params)]);
    return foundAt(place, membership, 'membership_not_found');
  },
});

/** PATCH /teams/{teamId}/memberships/{membershipId}. Replaces the roles. */
export const updateMembership = endpoint({
  route: 'PATCH /teams/:teamId/memberships/:membershipId',
  summary: "Replace a member's roles",
  scope: 'teams.write',
  params: membershipPath,
  body: { roles },
  returns: [200, membershipModel],
  errors: ['team_not_found', 'membership_not_found', 'team_membership_mismatch'],
  event: 'membership.update',
  async handle({ params, body, ...context }): Promise<Membership> {
    const { db, now, event } = context;
    const [, , [membership], [place]] = await db.batch([
      db.update(memberships).set({ roles: body.roles, updatedAt: now }).where(at(params)),
      recordMemberships(context, event, at(params)),
      selectAt(db, params),
      placeOf(db, params),
    ]);
    return foundAt(place, membership, 'membership_not_found');
  },
});

/**
 * DELETE /teams/{teamId}/memberships/{membershipId}: the user leaves the team, or the invitation is taken back. One that
 * is not there is an invitation that is not found: so Appwrite types it here, and only here.
 */
export const deleteMembership = endpoint({
  route: 'DELETE /teams/:teamId/memberships/:membershipId',
  summary: 'Delete a membership',
  scope: 'teams.write',
  params: membershipPath,
  returns: [204, null],
  errors: ['team_not_found', 'team_invite_not_found', 'team_membership_mismatch'],
  event: 'membership.delete',
  async handle({ params, ...context }) {
    const { db, event } = context;
    const [[place], , [deleted]] = await db.batch([
      placeOf(db, params),
      recordMemberships(context, event, at(params)),
      db.delete(memberships).where(at(params)).returning({ seq: memberships.seq }),
    ]);
    foundAt(place, deleted, 'team_invite_not_found');
  },
});

interface Path {
  readonly teamId: string;
  readonly membershipId: string;
}

/** The membership of a path; one of another team is none. */
const at = ({ teamId, membershipId }: Path) =>
  sql`${memberships.id} = ${membershipId} AND ${memberships.teamSeq} = ${seqOfTeam(teamId)}`;

const selectAt = (db: Context['db'], path: Path) => {
  const { select, where } = membershipsWhere(at(path));
  return select(db).where(where);
};

/** What there is of a path, to tell why there is no such membership. */
const placeOf = (db: Context['db'], { teamId, membershipId }: Path) =>
  db
    .select({
      team: sql<number | null>`${seqOfTeam(teamId)}`.as('team'),
      membership: sql<
        number | null
      >`(SELECT ${memberships.seq} FROM ${memberships} WHERE ${memberships.id} = ${membershipId})`.as(
        'membership',
      ),
    })
    .from(sql`(SELECT 1)`);

type Place = Awaited<ReturnType<typeof placeOf>>[number];

/**
 * The row that a statement found at the path.
 * @param missing what a membership that does not exist is called
 * @throws ApiError team_not_found, team_membership_mismatch, or `missing`
 */
function foundAt<Row>(place: Place | undefined, row: Row | undefined, missing: ErrorType): Row {
  if (row !== undefined) return row;
  if (!place?.team) throw new ApiError('team_not_found');
  throw new ApiError(place.membership ? 'team_membership_mismatch' : missing);
}
