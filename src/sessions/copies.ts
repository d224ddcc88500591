import { and, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Context } from '../context';
import { sessions } from '../db/schema';

/**
 * The fast copy of a live session, in KV under `session:<sha256 of the secret>`: all that a check needs.
 */
export interface SessionCopy {
  readonly userId: string;
  readonly sessionId: string;
  /** End of the session, milliseconds. */
  readonly expire: number;
  /** Until when the copy counts without asking D1 again, milliseconds. */
  readonly until: number;
}

/** How long a copy counts, in milliseconds; also the least that KV keeps anything. */
const COPY_MS = 60_000;

/** KV deletions that a request waits for; the rest go on after the response. */
const AWAITED_DELETIONS = 25;

export const copyKey = (secretHash: string) => `session:${secretHash}`;

/**
 * Puts the copy of a session into KV. Its time counts from when D1 was read, so that a copy written late, after the
 * session was revoked meanwhile, ends no later than one written before.
 * @param readAt when D1 told that the session is live, milliseconds
 */
export async function putCopy(
  kv: KVNamespace,
  secretHash: string,
  session: Omit<SessionCopy, 'until'>,
  readAt: number,
): Promise<void> {
  const copy: SessionCopy = { ...session, until: Math.min(readAt + COPY_MS, session.expire) };
  await kv.put(copyKey(secretHash), JSON.stringify(copy), { expirationTtl: COPY_MS / 1000 });
}

/**
 * Takes the copies of revoked sessions out of KV, and their rows out of D1 once the copy is surely gone. What fails
 * here stays marked in D1, and the cron trigger tries again.
 */
export async function dropCopies(
  { env, db, defer }: Pick<Context, 'env' | 'db' | 'defer'>,
  revoked: readonly { secretHash: string }[],
): Promise<void> {
  if (revoked.length === 0) return;
  const hashes = revoked.map(({ secretHash }) => secretHash);
  const drop = (some: string[]) =>
    Promise.all(
      some.map((hash) =>
        env.SESSIONS.delete(copyKey(hash)).then(
          () => hash,
          () => null,
        ),
      ),
    );
  const first = await drop(hashes.slice(0, AWAITED_DELETIONS));
  defer(
    drop(hashes.slice(AWAITED_DELETIONS)).then((rest) => {
      const gone = JSON.stringify([...first, ...rest].filter((hash) => hash !== null));
      return db
        .delete(sessions)
        .where(
          and(
            inArray(sessions.secretHash, sql`(SELECT value FROM json_each(${gone}))`),
            isNotNull(sessions.revokedAt),
          ),
        );
    }),
  );
}
