import { eq, type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { recordActivity } from '../activity/record';
import { insertFrom } from '../db/insertFrom';
import { memberships, teams, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { type Context, endpoint } from '../request/context';
import {
  createUserIf,
  emailOrNone,
  name,
  phoneOrNone,
  TAKEN_BY_OTHERS,
  throwTakenFromNewcomer,
} from '../users';
import { idOrNone, uniqueId } from '../wire/id';
import { membershipModel } from '../wire/membership';
import { teamPath } from '../wire/team';
import { checkInvitee, inviteeOf } from './invitee';
import { membershipsWhere } from './memberships';
import { roles, url } from './params';

/**
 * POST /teams/{teamId}/memberships. With an API key nobody is asked: the member is in at once, and nothing is sent. An
 * e-mail or phone that no user has makes a user, without a password, named as told or else by its e-mail. An open
 * invitation is confirmed, with the roles given here.
 */
export const createMembership = endpoint({
  route: 'POST /teams/:teamId/memberships',
  summary: 'Add a member to a team',
  scope: 'teams.write',
  params: teamPath,
  body: {
    email: v.optional(emailOrNone, ''),
    userId: v.optional(idOrNone, ''),
    phone: v.optional(phoneOrNone, ''),
    roles,
    url: v.optional(url, ''),
    name: v.optional(name, ''),
  },
  returns: [201, membershipModel],
  errors: ['team_not_found', 'user_not_found', ...TAKEN_BY_OTHERS, 'membership_already_confirmed'],
  event: 'membership.create',
  async handle({ params: { teamId }, body, ...context }) {
    const { db } = context;
    const invitee = inviteeOf(body);
    const joining = join(context, sql`${teams.id} = ${teamId} AND ${invitee.all}`, body.roles);
    const statements = [
      ...joining,
      db.select({ seq: teams.seq }).from(teams).where(eq(teams.id, teamId)),
      db.select({ email: users.email, phone: users.phone }).from(users).where(invitee.key),
    ] as const;
    const newcomer = {
      id: uniqueId(),
      name: body.name || (body.email ?? ''),
      email: body.email,
      phone: body.phone,
    };
    const unknown = sql`FROM ${teams} WHERE ${teams.id} = ${teamId} AND NOT EXISTS (SELECT 1 FROM ${users} WHERE ${invitee.key})`;
    const [, [joined], [membership], [team], [user]] =
      body.userId !== null
        ? await db.batch(statements)
        : await db
            .batch([...createUserIf(context, newcomer, unknown), ...statements])
            .then(([, , ...results]) => results)
            .catch(throwTakenFromNewcomer);
    if (team === undefined) throw new ApiError('team_not_found');
    checkInvitee(body, user);
    if (joined === undefined || membership === undefined) throw new ApiError('membership_already_confirmed');
    return membership;
  },
});

/**
 * The statements that make a user a member: the activity row, which asks the same as what follows, since it can't tell
 * afterwards what was there before; the row itself, which a UNIQUE index decides about; and the membership as it is then.
 * @param both the condition on `teams` and `users` that finds the one team and the one user
 */
function join(context: Context, both: SQL, given: string[]) {
  const { db, now, event } = context;
  const id = uniqueId();
  const row = {
    id,
    teamSeq: sql`${teams.seq}`,
    userSeq: sql`${users.seq}`,
    roles: given,
    invited: now,
    joined: now,
    confirm: true,
    createdAt: now,
    updatedAt: now,
  };
  const subject = {
    userSeq: row.userSeq,
    userId: sql`${users.id}`,
    teamSeq: row.teamSeq,
    resourceId: sql`coalesce(${memberships.id}, ${id})`,
  };
  const { select, where } = membershipsWhere(both);
  return [
    recordActivity(
      context,
      event,
      subject,
      sql`FROM ${teams} JOIN ${users} LEFT JOIN ${memberships}
        ON ${memberships.teamSeq} = ${teams.seq} AND ${memberships.userSeq} = ${users.seq}
        WHERE ${both} AND ${memberships.confirm} IS NOT true`,
    ),
    insertFrom(db, memberships, row, sql`FROM ${teams} JOIN ${users} WHERE ${both}`)
      .onConflictDoUpdate({
        target: [memberships.teamSeq, memberships.userSeq],
        set: { roles: given, invited: now, joined: now, confirm: true, updatedAt: now },
        setWhere: eq(memberships.confirm, false),
      })
      .returning({ seq: memberships.seq }),
    select(db).where(where),
  ] as const;
}
