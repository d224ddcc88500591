import { and, eq, gt } from 'drizzle-orm';
import * as v from 'valibot';
import type { Owner } from '../../account';
import { challenges } from '../../db/schema';
import { oneOf, text } from '../../http/params';

/** The kind of an authenticator in a path: Appwrite knows one. */
export const authenticatorPath = { type: oneOf(['totp']) };

/** A one-time password or recovery code as people type them: in any case, with spaces. */
export const otp = v.pipe(
  text(1, 256),
  v.transform((value) => value.replace(/\s/g, '').toLowerCase()),
);

/** That a challenge is this one, still open, and of the session that shows itself: no other may answer it. */
export function openTo({ sessionId }: Owner, id: string, now: number) {
  return and(eq(challenges.id, id), eq(challenges.sessionId, sessionId ?? ''), gt(challenges.expire, now));
}
