import { and, inArray, isNotNull, sql } from 'drizzle-orm';
import { sessions } from '../db/schema';
import { isObject } from '../http/json';
import { hasEnded, rememberEnded } from '../secrets/lookups';
import type { LiveSession } from '../wire/session';
import type { CopiedRow } from './factors';
import { endOf, idleEndOf } from './live';
import type { CheckedSession, Store } from './store';

/** What KV has of a session. */
export interface Copy extends Omit<CheckedSession, 'secretHash'> {
  /** Until when the copy counts without asking D1, milliseconds. */
  readonly until: number;
}

/** How long a copy counts, in milliseconds; also the least that KV keeps anything. */
export const COPY_MS = 60_000;

/** KV deletions that a request waits for. */
const AWAITED_DELETIONS = 25;

/**
 * KV deletions that a request makes at all, most of them after the response: an invocation may make a thousand calls.
 * The copies of more sessions than that end by their own time.
 */
const MAX_DELETIONS = 500;

export const copyKey = (secretHash: string) => `session:${secretHash}`;

/** What D1 tells of a session, as it is copied and answered: neither its place in the table nor its secret's hash, nor where it counts as being from. */
export function liveSession(
  { config }: Pick<Store, 'config'>,
  row: typeof sessions.$inferSelect & Partial<CopiedRow>,
  userId: string,
): LiveSession {
  const { seq, userSeq, revokedAt, secretHash, network, readsUsers, lacksFactor, accessedAt, ...session } =
    row;
  return { ...session, expire: endOf(config, row), userId };
}

/** A session that D1 told of, as a check finds it. */
export function checkedRow(context: Pick<Store, 'config'>, row: CopiedRow, userId: string): CheckedSession {
  const { secretHash, lacksFactor, userSeq, accessedAt } = row;
  return { session: liveSession(context, row, userId), secretHash, lacksFactor, userSeq, accessedAt };
}

/**
 * Puts the copy of a session into KV. Its time counts from when D1 was read, so that a copy written late, after the
 * session was revoked meanwhile, ends no later than one written before. KV may take none: the next check then costs a
 * query, and nothing else.
 * @param readAt a moment before D1 told that the session is live, milliseconds
 */
export async function putCopy(
  { env, config }: Pick<Store, 'env' | 'config'>,
  { secretHash, ...checked }: CheckedSession,
  readAt: number,
): Promise<void> {
  const isRevoked = () => hasEnded('tagged', secretHash, readAt);
  if (isRevoked()) return;
  const copy: Copy = { ...checked, until: Math.min(readAt + COPY_MS, idleEndOf(config, checked.session)) };
  try {
    await env.SESSIONS.put(copyKey(secretHash), JSON.stringify(copy), { expirationTtl: COPY_MS / 1000 });
    // Revoked here while it was on its way: what was deleted must not come back.
    if (isRevoked()) await env.SESSIONS.delete(copyKey(secretHash));
  } catch {
    console.warn(JSON.stringify({ level: 'warn', message: 'KV took no copy of a session' }));
  }
}

/** Copies a session that was just written. */
export function copySession(
  context: Pick<Store, 'env' | 'config' | 'now'>,
  row: CopiedRow,
  userId: string,
): Promise<void> {
  return putCopy(context, checkedRow(context, row, userId), context.now);
}

/** The copy of a session, if KV has one that still counts; KV out of reach is like no copy. */
export async function readCopy(kv: KVNamespace, secretHash: string, now: number): Promise<Copy | null> {
  const copy = await kv.get<Copy>(copyKey(secretHash), 'json').catch(() => null);
  // An earlier version's tells less; it has gone in a minute.
  const isWhole = isObject(copy) && isObject(copy.session) && copy.userSeq !== undefined;
  // KV may serve a key past its expiry for a moment; the copy's own time is what the promise rests on.
  return isWhole && copy.until > now ? copy : null;
}

/**
 * Takes the copies of revoked sessions out of KV, and their rows out of D1 once the copy is surely gone. What fails
 * here stays marked in D1, and the cron trigger tries again.
 */
export async function dropCopies(
  { env, db, now, defer }: Pick<Store, 'env' | 'db' | 'now' | 'defer'>,
  revoked: readonly { secretHash: string }[],
): Promise<void> {
  if (revoked.length === 0) return;
  for (const { secretHash } of revoked) rememberEnded('tagged', secretHash, now);
  const hashes = revoked.slice(0, MAX_DELETIONS).map(({ secretHash }) => secretHash);
  const first = await deleteCopies(env.SESSIONS, hashes.slice(0, AWAITED_DELETIONS));
  defer(
    deleteCopies(env.SESSIONS, hashes.slice(AWAITED_DELETIONS)).then((rest) =>
      removeRevoked(db, [...first, ...rest]),
    ),
  );
}

/** Takes copies out of KV that are no longer right, so that the next check asks D1; what fails counts a minute at most. */
export async function forgetCopies(
  { env, defer }: Pick<Store, 'env' | 'defer'>,
  outdated: readonly { secretHash: string }[],
): Promise<void> {
  const hashes = outdated.map(({ secretHash }) => secretHash);
  defer(deleteCopies(env.SESSIONS, hashes.slice(AWAITED_DELETIONS)));
  await deleteCopies(env.SESSIONS, hashes.slice(0, AWAITED_DELETIONS));
}

/** Deletes copies side by side; returns the hashes of those that KV says are gone. */
export async function deleteCopies(kv: KVNamespace, hashes: readonly string[]): Promise<string[]> {
  const results = await Promise.allSettled(hashes.map((hash) => kv.delete(copyKey(hash))));
  return hashes.filter((_, i) => results[i]?.status === 'fulfilled');
}

/** Removes the rows of revoked sessions whose copies are gone. */
export async function removeRevoked(db: Store['db'], hashes: readonly string[]): Promise<void> {
  const gone = sql`(SELECT value FROM json_each(${JSON.stringify(hashes)}))`;
  await db.delete(sessions).where(and(inArray(sessions.secretHash, gone), isNotNull(sessions.revokedAt)));
}
