import { type SQL, sql } from 'drizzle-orm';
import type { Config } from '../config';
import { sessions, users } from '../db/schema';
import { COPY_MS } from './copies';
import { isLive } from './live';
import type { CheckedSession, Store } from './store';

/** A user's `accessedAt` is refreshed at most this often, as in Appwrite; so is what is known of a session's use. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** How often the use of a session is noted within the time that it may be idle: so exact is the end of an idle one. */
const NOTES_PER_IDLE_LIMIT = 20;

/** A use of an account, and what was known of earlier ones. */
export interface Use {
  readonly userId: string;
  readonly userSeq: number;
  /** When the user was last seen, milliseconds; null: never. */
  readonly accessedAt: number | null;
  /** The session that was shown, or that a JWT hangs on; null for a JWT without one. */
  readonly session: { readonly secretHash: string; readonly usedAt: number } | null;
}

/** The use that showing a session is. */
export function useOf({ session, secretHash, userSeq, accessedAt }: CheckedSession): Use {
  return { userId: session.userId, userSeq, accessedAt, session: { secretHash, usedAt: session.usedAt } };
}

/**
 * Notes the use of a session or JWT after the response: when the user was last seen, at most once a day, and when the
 * session was last used, more often where idle ones end. What the caller showed tells whether anything is due, so most
 * uses cost nothing. No change of the user: neither its `updatedAt` nor the activity log tell of it.
 */
export function noteUse(context: Pick<Store, 'config' | 'db' | 'now' | 'defer'>, use: Use): void {
  const { config, db, now, defer } = context;
  const isSeenDue = isDue(use.accessedAt, now, DAY_MS);
  if (use.session === null) {
    if (isSeenDue && isFirst(`user ${use.userSeq} ${use.userId}`, now, COPY_MS))
      defer(seen(context, use.userSeq));
  } else if (isSeenDue || isDue(use.session.usedAt, now, usedEvery(config))) {
    const { secretHash } = use.session;
    // A note is due again before its copy knows of the last one, where sessions may be idle for a short time only.
    if (isFirst(secretHash, now, Math.min(COPY_MS, usedEvery(config))))
      defer(db.batch([used(context, use.userSeq, secretHash), seen(context, use.userSeq)]));
  }
}

/** How many uses are remembered as noted. */
const MAX_NOTED = 1_000;

const noted = new Map<string, number>();

/**
 * Whether this instance has not noted a use for as long as a copy may last that knows nothing of the note. The copy itself is
 * left as it is: one that was written anew here could come after a sign-out, and undo that the copy was deleted.
 */
function isFirst(name: string, now: number, within: number): boolean {
  const last = noted.get(name);
  if (last !== undefined && Math.abs(now - last) < within) return false;
  noted.delete(name);
  noted.set(name, now);
  const oldest = noted.keys().next();
  if (noted.size > MAX_NOTED && !oldest.done) noted.delete(oldest.value);
  return true;
}

/** How far the note of a session's use may lag behind, milliseconds. */
function usedEvery({ SESSION_IDLE_LIMIT: idle }: Pick<Config, 'SESSION_IDLE_LIMIT'>): number {
  return idle > 0 ? Math.min(DAY_MS, (idle * 1000) / NOTES_PER_IDLE_LIMIT) : DAY_MS;
}

function isDue(notedAt: number | null, now: number, every: number): boolean {
  return notedAt === null || notedAt <= now - every;
}

const isUserDue = (now: number): SQL =>
  sql`(${users.accessedAt} IS NULL OR ${users.accessedAt} <= ${now - DAY_MS})`;

/** The condition makes many instances, whose copies do not know of one another's notes, write once. */
function seen({ db, now }: Pick<Store, 'db' | 'now'>, userSeq: number) {
  return db
    .update(users)
    .set({ accessedAt: now })
    .where(sql`${users.seq} = ${userSeq} AND ${isUserDue(now)}`);
}

/** Also where only the user's note is due, so that the next copy tells of both. */
function used(context: Pick<Store, 'config' | 'db' | 'now'>, userSeq: number, secretHash: string) {
  const { config, db, now } = context;
  return db
    .update(sessions)
    .set({ usedAt: now })
    .where(
      sql`${sessions.secretHash} = ${secretHash} AND ${isLive(context)} AND ${sessions.usedAt} <= ${now}
        AND (${sessions.usedAt} <= ${now - usedEvery(config)}
          OR EXISTS (SELECT 1 FROM ${users} WHERE ${users.seq} = ${userSeq} AND ${isUserDue(now)}))`,
    );
}
