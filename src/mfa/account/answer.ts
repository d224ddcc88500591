import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { type Owner, ownerOf, refused } from '../../account';
import { recordActivity } from '../../activity/record';
import { recordFailedTry } from '../../activity/recurring';
import { seqOfUser, seqOfUserWhere } from '../../db/expressions';
import { authenticators, challenges, recoveryCodes, sessions, users } from '../../db/schema';
import { guessOf, rememberPlace } from '../../guessing';
import { ApiError } from '../../http/errors';
import { text } from '../../http/params';
import { type Context, endpoint } from '../../request/context';
import { copiedColumns, copySession, liveSession } from '../../sessionStore';
import { type Session, sessionModel } from '../../wire/session';
import { subject } from '../factors/conditions';
import { openTo, otp } from '../factors/params';
import { codeHashes } from '../factors/recoveryCodes';
import { withFactor } from '../factors/sessionFactors';
import { checkTotp } from '../factors/totpSecret';

const answerAt = (route: 'PUT /account/mfa/challenges' | 'PUT /account/mfa/challenge') =>
  endpoint({
    route,
    summary: 'Prove another factor with a one-time password or a recovery code',
    scope: 'account',
    beforeMfa: true,
    body: { challengeId: text(1, 256), otp },
    returns: [200, sessionModel],
    errors: ['user_invalid_token', 'general_totp_disabled', 'general_rate_limit_exceeded'],
    event: 'challenges.update',
    handle: ({ body, ...context }) => answer(context, body.challengeId, body.otp),
  });

/** PUT /account/mfa/challenges. */
export const answerChallenge = answerAt('PUT /account/mfa/challenges');

/** PUT /account/mfa/challenge: the same, as SDKs before 1.8 call it. */
export const answerChallengeSingular = answerAt('PUT /account/mfa/challenge');

/**
 * Answers a challenge: the session that began it has one factor more. A code counts once, whoever comes first: the
 * statement that settles the challenge also asks whether the code is unused, and all others follow from it, in the same
 * transaction. (Settled means an expiry of 0, which is seen by nobody else: the last statement removes the challenge.)
 */
async function answer(context: Context, id: string, code: string): Promise<Session> {
  const { db, now, event } = context;
  const owner = ownerOf(context);
  const { userId, mayAct } = owner;
  const challenge = await readChallenge(context, owner, id);
  const { attempt } = challenge;
  const failed = () => {
    const failure = { event: 'challenge.fail', resourceId: id } as const;
    context.defer(recordFailedTry(context, eq(users.id, userId), failure));
    return attempt.failed(new ApiError('user_invalid_token'));
  };
  const { unused, use } =
    challenge.factor === 'totp'
      ? await totpProof(context, userId, challenge.secret, code, failed)
      : recoveryCodeProof(context, userId, code);

  const itsUser = seqOfUserWhere(mayAct);
  const settled = sql`EXISTS (SELECT 1 FROM challenges WHERE challenges.id = ${id} AND challenges.expire = 0)`;
  const [, , [session]] = await db.batch([
    db
      .update(challenges)
      .set({ expire: 0 })
      .where(and(openTo(owner, id, now), eq(challenges.userSeq, itsUser), unused, attempt.isOpen)),
    recordActivity(
      context,
      event,
      { ...subject, resourceId: sql`${id}` },
      sql`FROM ${users} WHERE ${eq(users.id, userId)} AND ${settled}`,
    ),
    db
      .update(sessions)
      .set({ factors: withFactor(challenge.factor), mfaUpdatedAt: now, updatedAt: now })
      .where(sql`${sessions.id} = ${owner.sessionId ?? ''} AND ${settled}`)
      .returning(copiedColumns),
    use(settled),
    ...rememberPlace(context, 2, seqOfUser(userId), settled),
    db.delete(challenges).where(and(eq(challenges.id, id), eq(challenges.expire, 0))),
  ]);
  if (session === undefined) throw await failed();
  await copySession(context, session, userId);
  return { ...liveSession(context, session, userId), current: true };
}

/** What a challenge asks for; a try at it. Codes of apps and recovery codes are counted each by itself. */
async function readChallenge(context: Context, owner: Owner, id: string) {
  const { db, now } = context;
  const account = { user: eq(users.id, owner.userId), name: owner.userId };
  const guesses = {
    totp: guessOf(context, 'totp', account),
    recoverycode: guessOf(context, 'recovery', account),
  };
  const [[totp], [recoverycode], [row]] = await db.batch([
    guesses.totp.limits(),
    guesses.recoverycode.limits(),
    db
      .select({ factor: challenges.factor, secret: authenticators.secret })
      .from(users)
      .leftJoin(challenges, and(eq(challenges.userSeq, users.seq), openTo(owner, id, now)))
      .leftJoin(authenticators, and(eq(authenticators.userSeq, users.seq), eq(authenticators.type, 'totp')))
      .where(owner.mayAct),
  ]);
  if (row === undefined) throw await refused(context);
  const { factor, secret } = row;
  if (factor === null) throw new ApiError('user_invalid_token');
  return { factor, secret, attempt: guesses[factor].begin({ totp, recoverycode }[factor]) };
}

/** What shows a factor: that its code is unused, over a row of `challenges`; and the statement that uses it up. */
interface Proof {
  readonly unused: SQL;
  use(settled: SQL): ReturnType<typeof useStep> | ReturnType<typeof useCode>;
}

/**
 * @param stored the secret of the user's authenticator; null where it was deleted since the challenge began
 * @param failed records a failed try, and returns what its caller is told
 */
async function totpProof(
  context: Context,
  userId: string,
  stored: string | null,
  code: string,
  failed: () => Promise<ApiError>,
): Promise<Proof> {
  const { config, now } = context;
  const right = stored === null ? null : await checkTotp(config, userId, stored, code, now);
  if (stored === null || right === null) throw await failed();
  const itsOwn = sql`authenticators.type = 'totp' AND authenticators.verified = true
    AND authenticators.secret = ${stored} AND authenticators.used_step < ${right.step}`;
  return {
    unused: sql`EXISTS (SELECT 1 FROM authenticators
      WHERE authenticators.user_seq = challenges.user_seq AND ${itsOwn})`,
    use: (settled) => useStep(context, userId, right, sql`${itsOwn} AND ${settled}`),
  };
}

function useStep(
  { db }: Context,
  userId: string,
  { step, secret }: { step: number; secret: string },
  only: SQL,
) {
  return db
    .update(authenticators)
    .set({ usedStep: step, secret })
    .where(sql`${authenticators.userSeq} = ${seqOfUser(userId)} AND ${only}`);
}

function recoveryCodeProof(context: Context, userId: string, code: string): Proof {
  const hashes = sql`(SELECT value FROM json_each(${JSON.stringify(codeHashes(context, userId, code))}))`;
  return {
    unused: sql`EXISTS (SELECT 1 FROM recovery_codes
      WHERE recovery_codes.user_seq = challenges.user_seq AND recovery_codes.code_hash IN ${hashes})`,
    use: (settled) => useCode(context, userId, hashes, settled),
  };
}

function useCode({ db }: Context, userId: string, hashes: SQL, settled: SQL) {
  const its = sql`${recoveryCodes.userSeq} = ${seqOfUser(userId)}`;
  return db.delete(recoveryCodes).where(and(its, inArray(recoveryCodes.codeHash, hashes), settled));
}
