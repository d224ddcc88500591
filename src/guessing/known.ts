import { lte, type SQL, sql } from 'drizzle-orm';
import { placeOf as plainPlaceOf } from '../activity/place';
import { insertFrom } from '../db/insertFrom';
import { networks, users } from '../db/schema';
import { networkOf } from '../http/network';
import type { Context } from '../request/context';
import { isLive, MAX_LISTED } from '../sessionStore';
import { keyed } from './keyed';

/*
 * Where a user is at home: a network from which it has a live session, or signed in within 30 days. There it has a count
 * of failed tries of its own, so that nobody else's stand in its way. A server that signs users in with an API key is
 * such a place too, by its key: its addresses change, and stand for everybody whom it serves.
 *
 * For a second factor only those places count where one was proved. Whoever has the password makes sessions wherever it
 * likes, and would have as many counts as it has addresses.
 */

/** How many factors were proved at a place. */
export type Proved = 1 | 2;

type Place = Pick<Context, 'env' | 'caller' | 'client'>;

/** A place is written down again only an hour later, so that it may be known for an hour more than it should. */
const REFRESH_MS = 60 * 60 * 1000;

/** How long a place is known after its last sign-in, milliseconds. */
export const KNOWN_MS = 30 * 24 * 60 * 60 * 1000 + REFRESH_MS;

/** Places of a user that are remembered; those unseen for longest give way. */
const REMEMBERED = 20;

/** What stands for the place that a request comes from; null where none can be told. */
export function placeOf({ env, caller, client }: Place): string | null {
  if (caller.type === 'key') return keyed({ env }, `key ${caller.id}`);
  const network = networkOf(client.ip);
  return network === null ? null : keyed({ env }, `network ${network}`);
}

/** That a request comes from where the user is at home, over the row of `users`. */
export function isKnown(context: Place & Pick<Context, 'config' | 'now'>, proved: Proved): SQL {
  const { caller, client, now } = context;
  const place = placeOf(context);
  if (place === null) return sql`false`;
  return sql`(EXISTS (SELECT 1 FROM networks WHERE networks.user_seq = users.seq AND networks.factors = ${proved}
      AND networks.network = ${place} AND networks.seen_at > ${now - KNOWN_MS})
    OR EXISTS (SELECT 1 FROM sessions WHERE sessions.seq IN (SELECT newest.seq FROM sessions AS newest
        WHERE newest.user_seq = users.seq ORDER BY newest.seq DESC LIMIT ${MAX_LISTED})
      AND sessions.network = ${plainPlaceOf(caller, client.ip)}
      AND ${isLive(context)} AND json_array_length(sessions.factors) >= ${proved}))`;
}

/**
 * The statements that remember where a user proved itself, for the batch in which it does.
 * @param userSeq the user's, as an expression without tables around it
 * @param only that it did; without tables around it too
 */
export function rememberPlace(context: Context, proved: Proved, userSeq: SQL, only: SQL) {
  const { db, now } = context;
  const place = placeOf(context);
  const row = { userSeq: sql`users.seq`, factors: proved, network: place ?? '', seenAt: now };
  return [
    insertFrom(
      db,
      networks,
      row,
      sql`FROM ${users} WHERE users.seq = ${userSeq} AND ${place !== null} AND ${only}`,
    ).onConflictDoUpdate({
      target: [networks.userSeq, networks.factors, networks.network],
      set: { seenAt: now },
      setWhere: lte(networks.seenAt, now - REFRESH_MS),
    }),
    db.delete(networks).where(
      sql`networks.user_seq = ${userSeq} AND networks.factors = ${proved} AND networks.network IN (
        SELECT old.network FROM networks AS old WHERE old.user_seq = ${userSeq} AND old.factors = ${proved}
        ORDER BY old.seen_at DESC LIMIT -1 OFFSET ${REMEMBERED})`,
    ),
  ] as const;
}
