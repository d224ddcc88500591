import { eq, type SQL, sql } from 'drizzle-orm';
import { users } from '../db/schema';
import { ApiError } from '../http/errors';
import { hashPassword, verifyPassword } from '../passwords';
import { holdsPersonalData, isCommonPassword, type Person } from '../passwords/policy';
import type { Context } from '../request/context';

type Deps = Pick<Context, 'config' | 'now'>;

/** What a new password is checked against; a user that is only being made has had none. */
type PasswordOwner = Person & Partial<Pick<typeof users.$inferSelect, (typeof EARLIER)[number]>>;

const EARLIER = ['password', 'hash', 'hashOptions', 'passwordHistory'] as const;

/**
 * The columns of a first password, once the deployment's policy has let it pass. Takes the time of a hash.
 * @throws ApiError general_argument_invalid, password_personal_data
 */
export async function firstPassword(deps: Deps, plain: string, owner: PasswordOwner) {
  const { config, now } = deps;
  await checkPolicy(deps, plain, owner);
  const { hash, algorithm, options } = await hashPassword(plain, config.PASSWORD_ARGON2);
  return { password: hash, hash: algorithm, hashOptions: options, passwordUpdate: now };
}

/**
 * The columns that a new password changes in the row of a user. Takes the time of a hash, and of one more for each
 * earlier password that the policy compares it with.
 * @throws ApiError general_argument_invalid, password_personal_data, password_recently_used
 */
export async function nextPassword(deps: Deps, plain: string, owner: PasswordOwner) {
  return {
    ...(await firstPassword(deps, plain, owner)),
    // The present password is one of them, so that one less is kept behind it.
    passwordHistory: historyOf(deps.config.PASSWORD_HISTORY - 1),
  };
}

/** The columns that change in the row of a user whose password is taken away: it has none then, as a user made without. */
export function noPassword({ config, now }: Deps) {
  return {
    password: null,
    hash: users.hash.default,
    hashOptions: null,
    passwordUpdate: now,
    passwordHistory: historyOf(config.PASSWORD_HISTORY),
  };
}

/**
 * That a user's password is still the one that was read, over the row of `users`, for the batch that follows from its
 * verification. Its hash may be another one by then: two sign-ins side by side replace an old one twice. What tells a
 * change is `passwordUpdate`, which a rehash leaves as it is.
 */
export function samePassword(read: Pick<typeof users.$inferSelect, 'password' | 'passwordUpdate'>): SQL {
  if (read.password === null) return sql`${users.password} IS NULL`;
  return sql`${users.password} IS NOT NULL AND ${users.passwordUpdate} IS ${read.passwordUpdate}`;
}

/**
 * Whose password is to be changed, as far as the policy needs to know: only where it asks for more than the password
 * itself is the user read first.
 * @throws ApiError user_not_found
 */
export async function passwordOwner({ db, config }: Context, userId: string): Promise<PasswordOwner> {
  const isAsked = config.PASSWORD_HISTORY > 0 || config.PASSWORD_PERSONAL_DATA;
  if (!isAsked) return { id: userId, name: '', email: null, phone: null };
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (user === undefined) throw new ApiError('user_not_found');
  return user;
}

export async function checkPolicy({ config }: Deps, plain: string, owner: PasswordOwner): Promise<void> {
  if (config.PASSWORD_DICTIONARY && isCommonPassword(plain)) {
    const message = 'Invalid `password` param: Password must not be one of the 10,000 most common passwords.';
    throw new ApiError('general_argument_invalid', message);
  }
  if (config.PASSWORD_PERSONAL_DATA && holdsPersonalData(plain, owner)) {
    throw new ApiError('password_personal_data');
  }
  if (await wasUsed(plain, owner, config.PASSWORD_HISTORY)) throw new ApiError('password_recently_used');
}

/** Whether a password is one of the last so many, the present one included. */
async function wasUsed(plain: string, owner: PasswordOwner, count: number): Promise<boolean> {
  const { password, hash = '', hashOptions: options = null, passwordHistory = [] } = owner;
  const present = password ? [{ hash: password, algorithm: hash, options }] : [];
  for (const stored of [...present, ...passwordHistory].slice(0, count)) {
    if (await verifyPassword(plain, stored)) return true;
  }
  return false;
}

/**
 * The newest so many passwords, the one that is about to be replaced first, as the statement that replaces it finds them,
 * so that two changes at once lose none.
 */
export function historyOf(count: number): SQL {
  if (count < 1) return sql`'[]'`;
  const { password, hash, hashOptions, passwordHistory } = users;
  return sql`(SELECT json_group_array(json(entry)) FROM (
    SELECT json_object('hash', ${password}, 'algorithm', ${hash}, 'options', json(${hashOptions})) AS entry
    WHERE ${password} IS NOT NULL
    UNION ALL SELECT value FROM json_each(${passwordHistory}) LIMIT ${count}))`;
}
