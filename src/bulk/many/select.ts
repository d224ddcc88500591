import { type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { insertFrom } from '../../db/insertFrom';
import { selections } from '../../db/schema';
import type { Context } from '../../request/context';
import { uniqueId } from '../../wire/id';
import { MOST_USERS, type Which } from './which';

/** Sessions and memberships that go with the users of one transaction, at most; those of one user always do. */
const MOST_ENDED = 1_000;

/** The users that one transaction is about. */
export interface Selection {
  /** A sub-query whose only column, `seq`, has their sequences. */
  readonly whose: SQL;
  /** How many they are. */
  readonly count: SQL<number>;
  /** The statement that chooses them. @param only what must hold, else nobody is chosen */
  choose(only: SQL): BatchItem<'sqlite'>;
  /** The statement that lets go of them; only where something holds. */
  clear(where?: SQL): BatchItem<'sqlite'>;
}

/**
 * Chooses the first users of many for one transaction.
 * @param ends whether their sessions and memberships go: then fewer are chosen where those are many
 */
export function selectionOf({ db }: Pick<Context, 'db'>, which: Which, ends: boolean): Selection {
  const change = uniqueId();
  const mine = sql`selections.change = ${change}`;
  const held = (table: string) => {
    const some = sql.raw(
      `SELECT 1 FROM ${table} WHERE ${table}.user_seq = these.seq LIMIT ${MOST_ENDED + 1}`,
    );
    return sql`sum((SELECT count(*) FROM (${some}))) OVER (ORDER BY these.seq)`;
  };
  const first = which.first(MOST_USERS);
  const chosen = ends
    ? sql`(SELECT these.seq AS seq, row_number() OVER (ORDER BY these.seq) AS nth, ${held('sessions')} AS sessions,
        ${held('memberships')} AS memberships FROM (${first}) AS these)`
    : sql`(SELECT seq, 1 AS nth, 0 AS sessions, 0 AS memberships FROM (${first}))`;
  return {
    whose: sql`SELECT selections.user_seq AS seq FROM selections WHERE ${mine}`,
    count: sql<number>`(SELECT count(*) FROM selections WHERE ${mine})`,
    choose: (only) =>
      insertFrom(
        db,
        selections,
        { change, userSeq: sql`chosen.seq` },
        sql`FROM ${chosen} AS chosen WHERE (chosen.nth = 1 OR (chosen.sessions <= ${sql.raw(String(MOST_ENDED))}
          AND chosen.memberships <= ${sql.raw(String(MOST_ENDED))})) AND ${only}`,
      ),
    clear: (where) => db.delete(selections).where(where === undefined ? mine : sql`${mine} AND ${where}`),
  };
}
