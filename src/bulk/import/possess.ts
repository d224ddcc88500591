import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { NO_USER, recordActivity } from '../../activity/record';
import { insertFrom } from '../../db/insertFrom';
import { identities, memberships, targets, teams } from '../../db/schema';
import { toldFor } from '../../db/toldTargets';
import type { Context } from '../../request/context';
import type { Candidate } from './stored';

/** The users of rows that are being written, joined as `users` with the items of a list in their rows, as `made`. */
type Source = (list: 'targets' | 'identities' | 'memberships') => SQL;

const user = { userSeq: sql`users.seq`, userId: sql`users.id` };
const made = (field: string) => sql.raw(`made.value ->> '${field}'`);

/**
 * The statements that give users what their rows tell of targets, identities and memberships, each with its activity row.
 * What a user has already stays, and is brought to what the row says.
 * @param isNew whether the users are: then they have nothing yet but the targets of their own address and number
 */
export function possess(
  context: Context,
  candidates: readonly Candidate[],
  from: Source,
  { createTeams, isNew }: { createTeams: boolean; isNew: boolean },
): BatchItem<'sqlite'>[] {
  const hasAny = (of: Parameters<Source>[0]) => candidates.some(({ keys }) => keys[of].length > 0);
  return [
    ...(hasAny('targets') ? giveTargets(context, from('targets'), isNew) : []),
    ...(hasAny('identities') ? giveIdentities(context, from('identities'), isNew) : []),
    ...(hasAny('memberships') && createTeams ? makeTeams(context, from('memberships')) : []),
    ...(hasAny('memberships') ? giveMemberships(context, from('memberships'), isNew) : []),
  ];
}

function giveTargets(context: Context, from: SQL, isNew: boolean): BatchItem<'sqlite'>[] {
  const { db, now } = context;
  const told = toldFor(made('identifier'), made('type'));
  const row = {
    // That of an own address is told from the user's row until it differs, as it does here.
    seq: told.seq,
    id: sql`coalesce(${made('id')}, ${told.id}, ${made('spare')})`,
    userSeq: user.userSeq,
    name: made('name'),
    providerType: made('type'),
    providerId: made('providerId'),
    identifier: made('identifier'),
    expired: made('expired'),
    createdAt: now,
    updatedAt: now,
  };
  // The one of an own address is always there, stored or not.
  const isThere = isNew
    ? sql`${told.id} IS NOT NULL`
    : sql`(${told.id} IS NOT NULL OR EXISTS (SELECT 1 FROM targets WHERE targets.user_seq = users.seq AND (targets.id = ${row.id}
        OR targets.identifier = ${row.identifier} AND targets.provider_type = ${row.providerType})))`;
  const subject = { ...user, resourceId: row.id };
  const there = {
    ...user,
    resourceId: sql`ifnull((SELECT targets.id FROM targets WHERE targets.identifier = ${row.identifier}
      AND targets.provider_type = ${row.providerType}), ${row.id})`,
  };
  const set = {
    name: sql`excluded.name`,
    providerId: sql`excluded.provider_id`,
    identifier: sql`excluded.identifier`,
    expired: sql`excluded.expired`,
    updatedAt: now,
  };
  return [
    recordActivity(context, 'target.create', subject, sql`${from} AND NOT (${isThere})`),
    recordActivity(context, 'target.update', there, sql`${from} AND ${isThere}`),
    insertFrom(db, targets, row, from)
      .onConflictDoUpdate({ target: targets.id, set })
      .onConflictDoUpdate({
        target: [targets.identifier, targets.providerType],
        set: isNew ? { ...set, id: sql`excluded.id` } : set,
      }),
  ];
}

function giveIdentities(context: Context, from: SQL, isNew: boolean): BatchItem<'sqlite'>[] {
  const { db, now } = context;
  const row = {
    id: made('id'),
    userSeq: user.userSeq,
    provider: made('provider'),
    providerUid: made('uid'),
    providerUidKey: made('uidKey'),
    providerEmail: made('email'),
    providerAccessTokenExpiry: null,
    createdAt: now,
    updatedAt: now,
  };
  const lacking = sql`${from} AND NOT EXISTS (SELECT 1 FROM identities
    WHERE identities.provider = ${row.provider} AND identities.provider_uid = ${row.providerUid})`;
  const which = isNew ? from : lacking;
  return [
    recordActivity(context, 'identity.create', { ...user, resourceId: row.id }, which),
    insertFrom(db, identities, row, which),
  ];
}

/** Teams that there are not, named as the first row that tells of them has it. */
function makeTeams(context: Context, from: SQL): BatchItem<'sqlite'>[] {
  const { db, now } = context;
  const row = {
    id: made('team'),
    name: made('teamName'),
    nameKey: made('teamNameKey'),
    total: 0,
    prefs: '{}',
    createdAt: now,
    updatedAt: now,
  };
  const lacking = sql`${from} AND NOT EXISTS (SELECT 1 FROM teams WHERE teams.id = ${row.id}) GROUP BY ${row.id}`;
  const names = sql`(SELECT DISTINCT ${row.id} AS id ${from}) AS import_teams`;
  const subject = { ...NO_USER, teamSeq: sql`teams.seq`, resourceId: sql`teams.id` };
  return [
    insertFrom(db, teams, row, lacking),
    // A team that was there before has a line of its making, or is older than lines are kept.
    recordActivity(
      context,
      'team.create',
      subject,
      sql`FROM ${names} CROSS JOIN teams ON teams.id = import_teams.id WHERE teams.created_at = ${now}
        AND NOT EXISTS (SELECT 1 FROM activity AS earlier WHERE earlier.team_seq = teams.seq)`,
    ),
  ];
}

function giveMemberships(context: Context, from: SQL, isNew: boolean): BatchItem<'sqlite'>[] {
  const { db, now } = context;
  const team = sql`(SELECT teams.seq FROM teams WHERE teams.id = ${made('team')})`;
  const row = {
    id: made('id'),
    teamSeq: team,
    userSeq: user.userSeq,
    roles: made('roles'),
    invited: now,
    joined: sql`iif(${made('confirm')}, ${now}, NULL)`,
    confirm: made('confirm'),
    createdAt: now,
    updatedAt: now,
  };
  const own = sql`SELECT memberships.id FROM memberships
    WHERE memberships.team_seq = ${team} AND memberships.user_seq = users.seq`;
  const subject = { ...user, teamSeq: team, resourceId: row.id };
  const there = { ...subject, resourceId: sql`(${own})` };
  return [
    recordActivity(
      context,
      'membership.create',
      subject,
      isNew ? from : sql`${from} AND NOT EXISTS (${own})`,
    ),
    ...(isNew ? [] : [recordActivity(context, 'membership.update', there, sql`${from} AND EXISTS (${own})`)]),
    insertFrom(db, memberships, row, from).onConflictDoUpdate({
      target: [memberships.teamSeq, memberships.userSeq],
      set: {
        roles: sql`excluded.roles`,
        confirm: sql`max(memberships.confirm, excluded.confirm)`,
        joined: sql`ifnull(memberships.joined, excluded.joined)`,
        updatedAt: now,
      },
    }),
  ];
}
