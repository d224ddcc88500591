import { eq, getTableName, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Database } from './database';
import { counters, teams, users } from './schema';

/**
 * A column with its table's name, wherever it stands: Drizzle leaves the name out in the fields of a query over one table,
 * where a sub-query may have a column of the same name.
 */
export function qualified(column: SQLiteColumn): SQL {
  return sql`${sql.identifier(getTableName(column.table))}.${sql.identifier(column.name)}`;
}

/** The sequence of the user with this ID; null where there is none. */
export function seqOfUser(userId: string): SQL {
  return seqOfUserWhere(sql`${qualified(users.id)} = ${userId}`);
}

/** The sequence of the one user that a condition on `users` finds; null where there is none. */
export function seqOfUserWhere(condition: SQL): SQL {
  return sql`(SELECT ${qualified(users.seq)} FROM ${users} WHERE ${condition})`;
}

/** The sequence of the team with this ID; null where there is none. */
export function seqOfTeam(teamId: string): SQL {
  return sql`(SELECT ${qualified(teams.seq)} FROM ${teams} WHERE ${qualified(teams.id)} = ${teamId})`;
}

/** The user with this ID, for a batch that answers otherwise where there is none. */
export function selectUserSeq(db: Database, userId: string) {
  return db.select({ seq: users.seq }).from(users).where(eq(users.id, userId));
}

/** The ID of the user that a row is of, which goes when its user goes. */
export function idOfUser(seq: SQLiteColumn): SQL {
  return sql`(SELECT ${qualified(users.id)} FROM ${users} WHERE ${qualified(users.seq)} = ${qualified(seq)})`;
}

/** The ID of the team that a row is of, which goes when its team goes. */
export function idOfTeam(seq: SQLiteColumn): SQL {
  return sql`(SELECT ${qualified(teams.id)} FROM ${teams} WHERE ${qualified(teams.seq)} = ${qualified(seq)})`;
}

/** Whether a row is of users with some IDs, by an index of its column. @param ids a sub-query */
export function areOfUsers(seq: SQLiteColumn, ids: SQL): SQL {
  return sql`${qualified(seq)} IN (SELECT ${qualified(users.seq)} FROM ${users} WHERE ${qualified(users.id)} IN ${ids})`;
}

/** How many users there are, without counting them. */
export const userCount = sql`(SELECT ${counters.value} FROM ${counters} WHERE ${eq(counters.name, 'users')})`;

/**
 * The sequences of the oldest rows of a table, those up to a time. Older ones have lower numbers, so only the lowest are looked
 * at, however many there are; and no second one where the very oldest is younger.
 * @param time the column of when a row was made, milliseconds
 * @param most how many rows are looked at
 */
export function oldest(time: SQLiteColumn, until: number, most: number): SQL {
  const table = sql.identifier(getTableName(time.table));
  const made = sql.identifier(time.name);
  const first = sql`(SELECT ${made} FROM ${table} WHERE seq > 0 ORDER BY seq LIMIT 1)`;
  return sql`SELECT seq FROM (SELECT seq, ${made} AS made FROM ${table} WHERE seq > 0 ORDER BY seq
    LIMIT iif(${first} <= ${until}, ${most}, 0)) WHERE made <= ${until}`;
}
