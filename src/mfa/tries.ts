import { and, eq, sql } from 'drizzle-orm';
import type { Owner } from '../account';
import type { Context } from '../context';
import { authenticators, challenges, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { openTo } from './params';

/*
 * Of a million codes three are right at any time, so guessing is bounded for good, and not only by the rate limiter,
 * which counts by location and may be missing: so many tries an hour, whoever makes them from wherever (RFC 6238, 5.2,
 * points to RFC 4226, 7.3). Who has lost count has recovery codes.
 */

const MOST_TRIES = 10;
const WINDOW_MS = 60 * 60 * 1000;

/** What a right code leaves behind. */
export const NO_TRIES = { tries: 0, triesSince: 0 };

/** Counts a try of an open challenge for a code of the user's app, to be the first statement of its batch. */
export function countTry({ db, now }: Context, owner: Owner, id: string) {
  const isOld = sql`${authenticators.triesSince} <= ${now - WINDOW_MS}`;
  const asked = db
    .select({ userSeq: challenges.userSeq })
    .from(challenges)
    .where(and(openTo(owner, id, now), eq(challenges.factor, 'totp')));
  return db
    .update(authenticators)
    .set({
      tries: sql`iif(${isOld}, 1, ${authenticators.tries} + 1)`,
      triesSince: sql`iif(${isOld}, ${now}, ${authenticators.triesSince})`,
    })
    .where(
      sql`${authenticators.type} = 'totp' AND ${authenticators.userSeq} = (${asked})
        AND ${authenticators.userSeq} = (SELECT ${users.seq} FROM ${users} WHERE ${owner.mayAct})`,
    );
}

/** @throws ApiError general_rate_limit_exceeded where the try that was just counted is one too many */
export function checkTries(
  { tries, triesSince }: { tries: number | null; triesSince: number | null },
  now: number,
): void {
  if (tries === null || triesSince === null || tries <= MOST_TRIES) return;
  const seconds = Math.ceil((triesSince + WINDOW_MS - now) / 1000);
  throw new ApiError('general_rate_limit_exceeded', undefined, { 'Retry-After': String(seconds) });
}
