import { eq, type SQL, sql } from 'drizzle-orm';
import { memberships, teams, users } from '../db/schema';
import type { Fields, Selecting } from '../lists';
import { listSource } from '../lists';
import type { modern } from '../wire/membership';

/**
 * The columns of a membership with its two sides. Each joined column has a name of its own: a D1 batch gives rows by
 * column name, so two columns called `id` would become one.
 */
const columns = {
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

/** The columns that each field of the model is told from. */
const fields: Fields<typeof columns, keyof typeof modern.entries> = {
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

/** Memberships with both sides, for whatever `where` says. */
export const membershipsWhere = (where: SQL) =>
  listSource({
    columns,
    fields,
    select: (db: Selecting, chosen = columns) =>
      db
        .select(chosen)
        .from(memberships)
        .innerJoin(users, eq(users.seq, memberships.userSeq))
        .innerJoin(teams, eq(teams.seq, memberships.teamSeq))
        .$dynamic(),
    from: sql`${memberships}
      JOIN ${users} ON ${users.seq} = ${memberships.userSeq}
      JOIN ${teams} ON ${teams.seq} = ${memberships.teamSeq}`,
    seq: memberships.seq,
    id: memberships.id,
    noun: 'Membership',
    attributes: {
      userId: { column: users.id, type: 'string' },
      teamId: { column: teams.id, type: 'string' },
      invited: { column: memberships.invited, type: 'datetime' },
      joined: { column: memberships.joined, type: 'datetime' },
      confirm: { column: memberships.confirm, type: 'boolean' },
      roles: { column: memberships.roles, type: 'array' },
      $id: { column: memberships.id, type: 'string' },
      $createdAt: { column: memberships.createdAt, type: 'datetime' },
      $updatedAt: { column: memberships.updatedAt, type: 'datetime' },
    },
    where,
    // Within one user's or one team's memberships, which an index finds, text is compared row by row.
    search: (term) =>
      sql`(instr(lower(${memberships.id}), lower(${term})) OR instr(lower(${users.id}), lower(${term})))`,
    defaultOrder: 'asc',
  });
