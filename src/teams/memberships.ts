import { eq, type SQL, sql } from 'drizzle-orm';
import { areOfUsers, idOfTeam, idOfUser, userCount } from '../db/expressions';
import { memberships, teams, users } from '../db/schema';
import type { Fields, Selecting } from '../lists';
import { listSource } from '../lists';
import type { modern } from '../wire/membership';

/**
 * The columns of a membership with its two sides. Each joined column has a name of its own: a D1 batch gives rows by
 * column name, so two columns called `id` would become one.
 */
export const membershipColumns = {
  seq: memberships.seq,
  id: memberships.id,
  roles: memberships.roles,
  invited: memberships.invited,
  joined: memberships.joined,
  confirm: memberships.confirm,
  createdAt: memberships.createdAt,
  updatedAt: memberships.updatedAt,
  userId: sql<string>`${users.id}`.as('user_id'),
  userName: sql<string>`${users.name}`.as('user_name'),
  userEmail: sql<string | null>`${users.email}`.as('user_email'),
  userPhone: sql<string | null>`${users.phone}`.as('user_phone'),
  userMfa: sql<boolean>`${users.mfa}`.mapWith(users.mfa).as('user_mfa'),
  userAccessedAt: sql<number | null>`${users.accessedAt}`.as('user_accessed_at'),
  teamId: sql<string>`${teams.id}`.as('team_id'),
  teamName: sql<string>`${teams.name}`.as('team_name'),
};

/**
 * Whose memberships the index is to look among: a team's or a user's, by the trigram that stands for its sequence.
 * @param seq the sequence as a sub-query, null for none
 */
export function within(column: 'team' | 'member', seq: SQL): SQL {
  const digit = (bits: number) => sql`131072 + (owner.seq >> ${sql.raw(String(bits))} & 65535)`;
  return sql`SELECT ${sql.raw(`'${column} : "'`)} || char(${digit(32)}, ${digit(16)}, ${digit(0)}) || '"'
    FROM (SELECT ${seq} AS seq) AS owner WHERE owner.seq IS NOT NULL`;
}

/** The columns that each field of the model is told from. */
const fields: Fields<typeof membershipColumns, keyof typeof modern.entries> = {
  $id: ['id'],
  $createdAt: ['createdAt'],
  $updatedAt: ['updatedAt'],
  userId: ['userId'],
  userName: ['userName'],
  userEmail: ['userEmail'],
  userPhone: ['userPhone'],
  teamId: ['teamId'],
  teamName: ['teamName'],
  invited: ['invited'],
  joined: ['joined'],
  confirm: ['confirm'],
  mfa: ['userMfa'],
  userAccessedAt: ['userAccessedAt'],
  roles: ['roles'],
};

/**
 * Memberships with both sides, for whatever `where` says.
 * @param among for lists: the same, as the index is asked
 * @param uncountedTotal how many there are, where that is known without counting them
 */
export const membershipsWhere = (where: SQL, among?: SQL, uncountedTotal?: SQL) =>
  listSource({
    columns: membershipColumns,
    fields,
    select: (db: Selecting, chosen = membershipColumns) =>
      db
        .select(chosen)
        .from(memberships)
        .innerJoin(users, eq(users.seq, memberships.userSeq))
        .innerJoin(teams, eq(teams.seq, memberships.teamSeq))
        .$dynamic(),
    from: memberships,
    joined: sql`${memberships}
      JOIN ${users} ON ${users.seq} = ${memberships.userSeq}
      JOIN ${teams} ON ${teams.seq} = ${memberships.teamSeq}`,
    seq: memberships.seq,
    id: memberships.id,
    noun: 'Membership',
    attributes: {
      userId: {
        column: idOfUser(memberships.userSeq),
        type: 'string',
        nullable: false,
        lookup: (ids) => areOfUsers(memberships.userSeq, ids),
      },
      teamId: { column: idOfTeam(memberships.teamSeq), type: 'string', nullable: false },
      invited: { column: memberships.invited, type: 'datetime' },
      joined: { column: memberships.joined, type: 'datetime' },
      confirm: { column: memberships.confirm, type: 'boolean' },
      roles: { column: memberships.roles, type: 'array' },
      $id: { column: memberships.id, type: 'string' },
      $createdAt: { column: memberships.createdAt, type: 'datetime' },
      $updatedAt: { column: memberships.updatedAt, type: 'datetime' },
    },
    where,
    ...(uncountedTotal && { uncountedTotal }),
    ...(among && {
      search: { table: 'memberships_search', columns: ['id', 'user_id'] as const, within: among },
    }),
    size: { rows: userCount, of: 'users' },
    defaultOrder: 'asc',
  });
