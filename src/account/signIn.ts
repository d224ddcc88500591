import { and, eq } from 'drizzle-orm';
import { recordFailedSignIn } from '../activity/recurring';
import { type Context, endpoint } from '../context';
import { users } from '../db/schema';
import { email } from '../emails/address';
import { ApiError } from '../http/errors';
import { hashPassword, needsRehash, verifyEvenly } from '../passwords';
import { prepareSession } from '../sessions';
import { samePassword } from '../users';
import { type Session, sessionModel } from '../wire/session';
import { anyPassword } from './anyPassword';
import { asNewcomer } from './newcomer';
import { presentSession } from './present';
import { limitSignIn } from './rateLimit';

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
  await limitSignIn(context, email);
  const { db, now, config } = context;
  const [user] = await db.select().from(users).where(eq(users.email, email));
  const stored =
    user?.password == null ? null : { hash: user.password, algorithm: user.hash, options: user.hashOptions };
  const isRight = await verifyEvenly(password, stored, config.PASSWORD_ARGON2);
  const noteFailure = (seq: number) => context.defer(recordFailedSignIn(context, eq(users.seq, seq)));
  if (user !== undefined && !isRight) noteFailure(user.seq);
  if (user === undefined || stored === null || !isRight) throw new ApiError('user_invalid_credentials');

  // Both hold only while the password is the one that was verified: it may be changed at this very moment.
  const unchanged = samePassword(user);
  const { statements, finish } = prepareSession(context, user.id, originOf(email), unchanged);
  const [[made], , , revoked, [status]] = await db.batch([
    ...statements,
    db
      .update(users)
      .set({ accessedAt: now, ...(await rehash(context, password, stored)) })
      .where(and(eq(users.seq, user.seq), eq(users.status, true), unchanged)),
  ]);
  if (made === undefined) {
    noteFailure(user.seq);
    throw new ApiError(status?.status === false ? 'user_blocked' : 'user_invalid_credentials');
  }
  return presentSession(context, await finish(made, revoked));
}

const originOf = (email: string) => ({ provider: 'email', providerUid: email, factors: ['password'] });

async function rehash({ config }: Context, password: string, stored: { hash: string; algorithm: string }) {
  if (!needsRehash(stored, config.PASSWORD_ARGON2)) return {};
  const { hash, algorithm, options } = await hashPassword(password, config.PASSWORD_ARGON2);
  return { password: hash, hash: algorithm, hashOptions: options };
}
