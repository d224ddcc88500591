import { and, eq, sql } from 'drizzle-orm';
import { recordFailedTry } from '../activity/recurring';
import { users } from '../db/schema';
import { email } from '../emails/address';
import { guessOf, rememberPlace, shield } from '../guessing';
import { ApiError } from '../http/errors';
import { hashPassword, needsRehash, verifyEvenly } from '../passwords';
import { type Context, endpoint } from '../request/context';
import { prepareSession } from '../sessionStore';
import { samePassword } from '../users';
import { type Session, sessionModel } from '../wire/session';
import { anyPassword } from './anyPassword';
import { asNewcomer } from './newcomer';
import { presentSession } from './present';

const signInAt = (route: 'POST /account/sessions/email' | 'POST /account/sessions') =>
  endpoint({
    route,
    summary: 'Sign in with e-mail and password',
    scope: 'public',
    body: { email, password: anyPassword(1) },
    returns: [201, sessionModel],
    errors: [
      'user_invalid_credentials',
      'user_blocked',
      'user_session_already_exists',
      'general_rate_limit_exceeded',
    ],
    event: 'session.create',
    handle: async ({ body, ...context }) => signIn(await asNewcomer(context), body),
  });

/** POST /account/sessions/email. */
export const signInWithEmail = signInAt('POST /account/sessions/email');

/** POST /account/sessions: the same, as 0.15 calls it. */
export const signInClassic = signInAt('POST /account/sessions');

/**
 * Signs in. An unknown address and a wrong password give the same answer in the same time: the same hash is computed in
 * either case. A hash that is not today's is replaced while the password is at hand.
 */
async function signIn(
  context: Context,
  { email, password }: { email: string; password: string },
): Promise<Session> {
  await shield(context);
  const { db, now, config } = context;
  const guess = guessOf(context, 'password', { user: eq(users.email, email), name: email });
  const [[before], [user]] = await db.batch([
    guess.limits(),
    db.select().from(users).where(eq(users.email, email)),
  ]);
  const attempt = guess.begin(before);
  const stored =
    user?.password == null ? null : { hash: user.password, algorithm: user.hash, options: user.hashOptions };
  const isRight = await verifyEvenly(password, stored, config.PASSWORD_ARGON2);
  const noteFailure = (seq: number) => context.defer(recordFailedTry(context, eq(users.seq, seq)));
  if (user === undefined || stored === null || !isRight) {
    const told = await attempt.failed(new ApiError('user_invalid_credentials'));
    if (user !== undefined) noteFailure(user.seq);
    throw told;
  }

  // All hold only while the password is the one that was verified: it may be changed at this very moment. And while
  // there is room for another failure: of many guesses at once, the right one may come after all that are allowed.
  const still = sql`${samePassword(user)} AND ${attempt.isOpen}`;
  const isLetIn = and(eq(users.seq, user.seq), eq(users.status, true), still);
  const { statements, finish } = prepareSession(context, user.id, originOf(email), still);
  const [[made], , , revoked, [status], , , , [limits]] = await db.batch([
    ...statements,
    db
      .update(users)
      .set({ accessedAt: now, ...(await rehash(context, password, stored)) })
      .where(isLetIn),
    ...rememberPlace(context, 1, sql`${user.seq}`, sql`${isLetIn}`),
    attempt.limits(),
  ]);
  attempt.check(limits);
  if (made === undefined) {
    noteFailure(user.seq);
    const type = status?.status === false ? 'user_blocked' : 'user_invalid_credentials';
    throw await attempt.failed(new ApiError(type));
  }
  return presentSession(context, await finish(made, revoked));
}

const originOf = (email: string) => ({ provider: 'email', providerUid: email, factors: ['password'] });

async function rehash({ config }: Context, password: string, stored: { hash: string; algorithm: string }) {
  if (!needsRehash(stored, config.PASSWORD_ARGON2)) return {};
  const { hash, algorithm, options } = await hashPassword(password, config.PASSWORD_ARGON2);
  return { password: hash, hash: algorithm, hashOptions: options };
}
