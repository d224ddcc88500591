import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { hashSecret } from '../auth/secrets';
import { readSessionToken } from '../auth/sessionToken';
import type { CheckedSession, Context } from '../context';
import { UnavailableError } from '../db/errors';
import { sessions, users } from '../db/schema';
import { liveSession, putCopy, readCopy } from './copies';
import { copiedColumns } from './factors';

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
  const checked = fresh ? await askD1(deps, secretHash) : await askKv(deps, secretHash);
  return checked !== null && checked.session.userId === claimed.id ? checked : null;
}

async function askKv(deps: Deps, secretHash: string): Promise<CheckedSession | null> {
  const copy = await readCopy(deps.env.SESSIONS, secretHash, deps.now);
  // That a factor is lacking is asked again: it may have been proved since, and a client goes on at once.
  if (copy?.lacksFactor !== false) return askD1(deps, secretHash);
  if (copy.until - deps.now < REFRESH_MS) deps.defer(askD1(deps, secretHash));
  return { session: copy.session, secretHash, lacksFactor: false };
}

/** Asks D1, and gives KV a copy after the response. */
async function askD1({ db, env, now, defer }: Deps, secretHash: string): Promise<CheckedSession | null> {
  const [row] = await db
    .select({ ...copiedColumns, userId: sql<string>`${users.id}`.as('owner_id') })
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
      throw new UnavailableError('D1 could not be asked for a session', { cause: error });
    });
  if (row === undefined) return null;
  const { userId, ...session } = row;
  const checked = { session: liveSession(session, userId), secretHash, lacksFactor: row.lacksFactor };
  defer(putCopy(env.SESSIONS, checked, now));
  return checked;
}
