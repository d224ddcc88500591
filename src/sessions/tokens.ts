import { eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { recordActivity } from '../activity/record';
import { seqOfUser } from '../db/expressions';
import { insertFrom } from '../db/insertFrom';
import { tokens, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { integer } from '../http/params';
import { endpoint } from '../request/context';
import { carriesCapability, checkEntered, mayEnter } from '../request/entrance';
import { hashSecret, newSecret } from '../secrets/secrets';
import { uniqueId, userPath } from '../wire/id';
import { tokenModel } from '../wire/token';

/** Tokens of a user that count; the oldest give way. */
const LIVE = 10;

/** Wrong tries that a token outlives which somebody might guess: one of fewer than 64 bits, of four to a character. */
const TRIES = 5;
const UNGUESSABLE = 16;

/**
 * POST /users/{userId}/tokens: a one-time secret that the user makes a session of. Short ones are for people to type;
 * what keeps them from being guessed is their short life, and that they end after a few wrong tries, whoever makes them.
 */
export const createToken = endpoint({
  route: 'POST /users/:userId/tokens',
  summary: 'Create a one-time token to sign in with',
  scope: 'users.write',
  params: userPath,
  body: { length: v.optional(integer(4, 128), 6), expire: v.optional(integer(60, 31_536_000), 900) },
  returns: [201, tokenModel],
  errors: ['user_not_found'],
  event: 'tokens.create',
  async handle({ params: { userId }, body, ...context }) {
    const { db, now, event, caller } = context;
    const secret = (newSecret() + newSecret()).slice(0, body.length);
    const row = {
      id: uniqueId(),
      userSeq: sql`${users.seq}`,
      secretHash: hashSecret(secret),
      readsUsers: carriesCapability(caller),
      triesLeft: body.length < UNGUESSABLE ? TRIES : null,
      expire: now + body.expire * 1000,
      createdAt: now,
    };
    const user = sql`FROM ${users} WHERE ${users.id} = ${userId} AND ${mayEnter(caller)}`;
    const subject = { userSeq: sql`${users.seq}`, userId: sql`${users.id}`, resourceId: sql`${row.id}` };
    const [[token], , [owner]] = await db.batch([
      insertFrom(db, tokens, row, user).returning(),
      recordActivity(context, event, subject, user),
      db.select({ impersonator: users.impersonator }).from(users).where(eq(users.id, userId)),
      db.delete(tokens).where(
        sql`${tokens.seq} IN (SELECT tokens.seq FROM tokens
          WHERE tokens.user_seq = ${seqOfUser(userId)}
          ORDER BY tokens.seq DESC LIMIT -1 OFFSET ${LIVE})`,
      ),
    ]);
    checkEntered(caller, owner);
    if (token === undefined) throw new ApiError('user_not_found');
    return { ...token, userId, secret };
  },
});
