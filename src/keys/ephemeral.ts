import { sql } from 'drizzle-orm';
import * as v from 'valibot';
import { NO_USER, recordActivity } from '../activity/record';
import { ApiError } from '../http/errors';
import { integer, text } from '../http/params';
import { endpoint } from '../request/context';
import { signEphemeralKey } from '../request/ephemeralKey';
import { ephemeralKeyModel } from '../wire/key';
import { scopes } from './params';
import { checkGiven, isStillKey } from './within';

/**
 * POST /project/keys/ephemeral: a key for an hour at most, that stands for the one which makes it: it can do no more,
 * lasts no longer, and ends with it. It is signed, not stored: its making is a line in the activity log, and what is done
 * with it is told under the name of the key that it stands for, with the person's behind it.
 */
export const createEphemeralKey = endpoint({
  route: 'POST /project/keys/ephemeral',
  summary: 'Create an ephemeral API key',
  scope: 'keys.write',
  body: {
    scopes,
    /** Seconds. */
    duration: integer(1, 3600),
    /** Ours: who is to hold it. One that names a person makes none in another's name. */
    person: v.optional(text(0, 128), ''),
  },
  returns: [201, ephemeralKeyModel],
  event: 'ephemeralKey.create',
  async handle({ body, ...context }) {
    const { db, config, now, caller } = context;
    if (caller.type !== 'key') throw new ApiError('general_unauthorized_scope');
    checkGiven(caller, body.scopes);
    // A JWT counts in whole seconds: cut, so that it ends no later than what is told, or than its parent.
    const end = Math.min(now + body.duration * 1000, caller.expire ?? Number.POSITIVE_INFINITY);
    const expire = Math.floor(end / 1000) * 1000;
    const person = caller.person || body.person;
    const granted = [...new Set(body.scopes)];
    const subject = { ...NO_USER, resourceId: sql`${caller.id}` };
    const from = sql`FROM (SELECT 1) WHERE ${isStillKey(context)}`;
    const [[maker]] = await db.batch([
      db.select({ isStill: sql<number>`${isStillKey(context)}`.as('is_still') }).from(sql`(SELECT 1)`),
      recordActivity(context, context.event, subject, from),
    ]);
    if (!maker?.isStill) throw new ApiError('project_key_unknown');
    const claims = { keyId: caller.id, keySeq: caller.seq, scopes: granted, person, expire };
    const secret = await signEphemeralKey(claims, config, now);
    return { secret, scopes: granted, expire, createdAt: now, person };
  },
});
