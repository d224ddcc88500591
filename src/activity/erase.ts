import { asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import { insertFrom } from '../db/insertFrom';
import { activity, deliveries, erasures } from '../db/schema';

/*
 * What is personal in the activity of a deleted user goes with the user: address, program and country, and of requests
 * that were not a key's the request ID, which Cloudflare makes and which tells the place. What happened, when, to which
 * ID, and by which key stays. A deletion erases the newest rows itself; where there are more, a row of `erasures` says
 * how far it came, and the cron trigger goes on from there.
 */

/** Rows that a deletion erases of each kind at most: more than nearly every user has. */
export const ERASED_AT_ONCE = 1_000;

/**
 * Rows that one run of the cron trigger looks at, at most, and of how many users: so many rows of one, and of no further
 * user once there were so many in all.
 */
const USERS_A_RUN = 100;
export const ERASED_A_RUN = 1_000;
const ROWS_A_RUN = 5_000;

type Role = (typeof erasures.$inferSelect)['role'];

/** The column that an index finds a user's rows by: what happened to it, and what it did to others. */
const COLUMNS = { subject: sql`user_seq`, actor: sql`actor_seq` } as const satisfies Record<Role, SQL>;

/** The sequences of a user's newest rows below a bound. Written by raw names, as an inner select of its own table. */
function newest(role: Role, user: SQL, below: SQL, limit: number): SQL {
  return sql`(SELECT seq FROM activity WHERE ${COLUMNS[role]} = ${user} AND seq < ${below} ORDER BY seq DESC LIMIT ${limit})`;
}

function eraseRows(db: Database, which: SQL) {
  return db
    .update(activity)
    .set({
      ip: '',
      userAgent: '',
      countryCode: '',
      actorName: sql`iif(${activity.actorType} = 'user', '', ${activity.actorName})`,
      requestId: sql`iif(${activity.actorType} = 'key', ${activity.requestId}, '')`,
    })
    .where(sql`${inArray(activity.seq, which)} AND ${isPersonal}`);
}

/**
 * Takes away what webhooks were sent, or are to be sent, of a deleted user: it holds the user as it was. That it was deleted
 * is an event of its own, which comes after this.
 * @param which the sequences of activity rows
 */
export function eraseDeliveries(db: Database, which: SQL) {
  // By the unique index of each webhook; where there is none, nothing is read.
  return db.delete(deliveries).where(
    sql`${deliveries.seq} IN (SELECT sent.seq FROM webhooks AS w CROSS JOIN deliveries AS sent
      WHERE w.seq > 0 AND sent.webhook_seq = w.seq AND sent.event_seq IN ${which})`,
  );
}

/** That there is something to erase: D1 bills an update that changes nothing, too. */
const isPersonal = sql`(${activity.ip} <> '' OR ${activity.userAgent} <> '' OR ${activity.countryCode} <> ''
  OR (${activity.actorType} <> 'key' AND ${activity.requestId} <> ''))`;

const ALL = sql.raw(String(Number.MAX_SAFE_INTEGER));

/**
 * The statements that erase what is personal in the activity of users, for the batch of their deletion, before their rows
 * are gone.
 * @param whose a sub-query whose only column, `seq`, has the users' sequences
 * @param most rows of each user and kind that are erased at once
 */
export function eraseActivity(db: Database, whose: SQL, most = ERASED_AT_ONCE) {
  const gone = sql`(${whose}) AS gone`;
  const below = (role: Role) => sql`(SELECT min(seq) FROM ${newest(role, sql`gone.seq`, ALL, most)})`;
  const rows = (role: Role) =>
    sql`(SELECT mine.seq FROM ${gone} CROSS JOIN activity AS mine ON mine.${COLUMNS[role]} = gone.seq AND mine.seq >= ${below(role)})`;
  const rest = (role: Role) => {
    const row = { userSeq: sql`gone.seq`, role, below: below(role) };
    const left = sql`FROM ${gone} WHERE EXISTS (SELECT 1 FROM activity AS older
      WHERE older.${COLUMNS[role]} = gone.seq AND older.seq < ${below(role)})`;
    return insertFrom(db, erasures, row, left);
  };
  return [
    eraseDeliveries(db, rows('subject')),
    eraseRows(db, rows('subject')),
    eraseRows(db, rows('actor')),
    rest('subject'),
    rest('actor'),
  ] as const;
}

/** Goes on with what deletions left, the oldest first: a bounded number of rows. */
export async function finishErasures(db: Database): Promise<void> {
  const pending = await db.select().from(erasures).orderBy(asc(erasures.seq)).limit(USERS_A_RUN);
  let looked = 0;
  for (const { seq, userSeq, role } of pending) {
    if (looked >= ROWS_A_RUN) return;
    const user = sql`${userSeq}`;
    // Read anew by each statement: another run may have come further.
    const below = sql`(SELECT below FROM erasures WHERE seq = ${seq})`;
    const rows = newest(role, user, below, ERASED_A_RUN);
    const [[found]] = await db.batch([
      db.select({ count: sql<number>`count(*)`.as('count') }).from(sql`${rows}`),
      eraseDeliveries(db, role === 'subject' ? rows : sql`(SELECT 0 WHERE false)`),
      eraseRows(db, rows),
      db
        .update(erasures)
        .set({ below: sql`coalesce((SELECT min(seq) FROM ${rows}), 0)` })
        .where(eq(erasures.seq, seq)),
      db.delete(erasures).where(sql`${eq(erasures.seq, seq)} AND NOT EXISTS ${newest(role, user, below, 1)}`),
    ]);
    looked += found?.count ?? 0;
  }
}
