import { sql } from 'drizzle-orm';
import { ownerOf, refused } from '../../account';
import { recordActivity } from '../../activity/record';
import { seqOfUserWhere } from '../../db/expressions';
import { insertFrom } from '../../db/insertFrom';
import { challenges, users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { oneOfAnyCase } from '../../http/params';
import { endpoint } from '../../request/context';
import { challengeModel } from '../../wire/challenge';
import { uniqueId } from '../../wire/id';
import { hasRecoveryCodes, hasVerifiedAuthenticator, subject } from '../factors/conditions';

/** How long a challenge can be answered, milliseconds; as in Appwrite. */
const LIFETIME = 60 * 60 * 1000;

/** Challenges that a session can have open; its oldest give way, and no other session's. */
const OPEN = 10;

/** What a user must have to be asked for a factor, and what it is told where it has not. */
const NEEDED = {
  totp: { has: hasVerifiedAuthenticator, error: 'user_authenticator_not_found' },
  recoverycode: { has: hasRecoveryCodes, error: 'user_recovery_codes_not_found' },
} as const;

const challengeAt = (route: 'POST /account/mfa/challenges' | 'POST /account/mfa/challenge') =>
  endpoint({
    route,
    summary: 'Begin to prove another factor',
    scope: 'account',
    beforeMfa: true,
    body: { factor: oneOfAnyCase(['email', 'phone', 'totp', 'recoverycode']) },
    returns: [201, challengeModel],
    errors: [
      'general_smtp_disabled',
      'general_phone_disabled',
      'user_authenticator_not_found',
      'user_recovery_codes_not_found',
      'user_session_not_found',
    ],
    event: 'challenge.create',
    async handle({ body: { factor }, ...context }) {
      // The errors of an Appwrite that has no server for messages.
      if (factor === 'email') throw new ApiError('general_smtp_disabled');
      if (factor === 'phone') throw new ApiError('general_phone_disabled');
      const { db, now, event } = context;
      const { userId, sessionId, mayAct } = ownerOf(context);
      const { has, error } = NEEDED[factor];
      const id = uniqueId();
      const row = {
        id,
        userSeq: sql`users.seq`,
        sessionId: sessionId ?? '',
        factor,
        expire: now + LIFETIME,
        createdAt: now,
      };
      const owner = sql`FROM ${users} WHERE ${sessionId !== null} AND ${mayAct} AND ${has}`;
      const [[user], [challenge]] = await db.batch([
        db.select({ seq: users.seq }).from(users).where(mayAct),
        insertFrom(db, challenges, row, owner).returning(),
        recordActivity(context, event, { ...subject, resourceId: sql`${id}` }, owner),
        db.delete(challenges).where(
          sql`${challenges.seq} IN (SELECT challenges.seq FROM challenges
            WHERE challenges.user_seq = ${seqOfUserWhere(mayAct)}
            AND challenges.session_id = ${sessionId ?? ''}
            ORDER BY challenges.seq DESC LIMIT -1 OFFSET ${OPEN})`,
        ),
      ]);
      if (user === undefined) throw await refused(context);
      if (sessionId === null) throw new ApiError('user_session_not_found');
      if (challenge === undefined) throw new ApiError(error);
      return { ...challenge, userId };
    },
  });

/** POST /account/mfa/challenges: the handle under which a session proves another factor. */
export const createChallenge = challengeAt('POST /account/mfa/challenges');

/** POST /account/mfa/challenge: the same, as SDKs before 1.8 call it. */
export const createChallengeSingular = challengeAt('POST /account/mfa/challenge');
