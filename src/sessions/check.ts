import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { hashSecret } from '../auth/secrets';
import { readSessionToken } from '../auth/sessionToken';
import type { CheckedSession, Context } from '../context';
import { causeOf, UnavailableError } from '../db/errors';
import { sessions, users } from '../db/schema';
import type { LiveSession } from '../wire/session';
import { liveSession, putCopy, readCopy } from './copies';

type Deps = Pick<Context, 'env' | 'db' | 'now' | 'defer'>;

/** A copy with less than this left is made anew after the response, so that a session in use rarely waits for D1. */
const REFRESH_MS = 20_000;

/**
 * Whose session a token is; null if it is nobody's, over, or revoked. Reads KV alone where KV has a copy of the last
 * minute, D1 otherwise. Never throws for a bad token.
 * @param fresh asks D1 even if KV has a copy: a revocation is then seen at once
 * @throws UnavailableError if neither KV nor D1 can tell: that is never an answer of 'valid'
 */
export async function checkSession(
  deps: Deps,
  token: unknown,
  fresh = false,
): Promise<CheckedSession | null> {
  const claimed = readSessionToken(token);
  if (claimed === null) return null;
  const secretHash = hashSecret(claimed.secret);
  const session = fresh ? await askD1(deps, secretHash) : await askKv(deps, secretHash);
  return session !== null && session.userId === claimed.id ? { session, secretHash } : null;
}

async function askKv(deps: Deps, secretHash: string): Promise<LiveSession | null> {
  const copy = await readCopy(deps.env.SESSIONS, secretHash, deps.now);
  if (copy === null) return askD1(deps, secretHash);
  if (copy.until - deps.now < REFRESH_MS) deps.defer(askD1(deps, secretHash));
  return copy.session;
}

/** Asks D1, and gives KV a copy after the response. */
async function askD1({ db, env, now, defer }: Deps, secretHash: string): Promise<LiveSession | null> {
  const [row] = await db
    .select({ session: sessions, userId: sql<string>`${users.id}`.as('owner_id') })
    .from(sessions)
    .innerJoin(users, eq(users.seq, sessions.userSeq))
    .where(
      and(
        eq(sessions.secretHash, secretHash),
        isNull(sessions.revokedAt),
        gt(sessions.expire, now),
        eq(users.status, true),
      ),
    )
    .catch((error: unknown) => {
      console.error(JSON.stringify({ level: 'error', message: causeOf(error), during: 'a check in D1' }));
      throw new UnavailableError('D1 could not be asked for a session', { cause: error });
    });
  if (row === undefined) return null;
  const session = liveSession(row.session, row.userId);
  defer(putCopy(env.SESSIONS, secretHash, session, now));
  return session;
}
