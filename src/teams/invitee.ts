import { eq, type SQL, sql } from 'drizzle-orm';
import { users } from '../db/schema';
import { ApiError } from '../http/errors';

/** How a request names the user that is to join; null for what it does not tell. */
export interface Named {
  readonly userId: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/**
 * Whom a request names, as conditions on `users`. The ID goes before the e-mail, and the e-mail before the phone: that
 * one is `key`, and tells who it is. What is given beside it has to fit, as in Appwrite: `all` is the whole of it.
 * @throws ApiError general_argument_invalid where nobody is named
 */
export function inviteeOf({ userId, email, phone }: Named): { readonly key: SQL; readonly all: SQL } {
  const given = [
    ...(userId === null ? [] : [eq(users.id, userId)]),
    ...(email === null ? [] : [eq(users.email, email)]),
    ...(phone === null ? [] : [eq(users.phone, phone)]),
  ];
  const [key] = given;
  if (key === undefined) {
    throw new ApiError('general_argument_invalid', 'At least one of userId, email, or phone is required');
  }
  return { key, all: sql.join(given, sql` AND `) };
}

/**
 * Asserts that a user is there and is the one that the request describes.
 * @param user the one that `key` finds
 * @throws ApiError user_not_found; user_already_exists where its e-mail or phone is another one, as Appwrite types it
 */
export function checkInvitee(
  { userId, email, phone }: Named,
  user: Pick<typeof users.$inferSelect, 'email' | 'phone'> | undefined,
): void {
  if (user === undefined) throw new ApiError('user_not_found', "User with given userId doesn't exist.");
  const key = userId === null ? 'email' : 'userId';
  for (const [name, given] of Object.entries({ email, phone } as const)) {
    if (given === null || given === (name === 'email' ? user.email : user.phone)) continue;
    throw new ApiError('user_already_exists', `Given ${key} and ${name} don't match`);
  }
}
