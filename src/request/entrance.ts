import { type SQL, sql } from 'drizzle-orm';
import { ApiError } from '../http/errors';
import { type Caller, isAllowed } from './caller';

/*
 * A user with the capability `impersonator` reads the directory with its session. So whatever lets its holder in as that
 * user (a session, a token, a JWT, a password, an address, another provider's account, a second factor) is worth the
 * scope `users.read`, and a key without it must get hold of none.
 */

const MESSAGE =
  'The user may act as others (`impersonator`) and reads the directory so: what lets anybody in as this user also takes the scope ["users.read"].';

/** Whether the caller is a key that must not get at the directory by way of a user. */
function isBarred(caller: Caller): boolean {
  return caller.type === 'key' && !isAllowed(caller, ['users.read']);
}

/** That the caller may let somebody in as a user, over its row of `users`: for the statements that do so. */
export function mayEnter(caller: Caller): SQL {
  return isBarred(caller) ? sql`users.impersonator = false` : sql`true`;
}

/**
 * What a session, or what makes one, is to say of the capability: one made by a barred key never goes with it, and ends
 * where its user is given it later.
 */
export function carriesCapability(caller: Caller): boolean {
  return !isBarred(caller);
}

/**
 * @param user as the batch with those statements read it
 * @throws ApiError general_unauthorized_scope where `mayEnter` did not hold of it
 */
export function checkEntered(caller: Caller, user: { readonly impersonator: boolean } | undefined): void {
  if (user?.impersonator === true && isBarred(caller))
    throw new ApiError('general_unauthorized_scope', MESSAGE);
}

/** @throws ApiError general_unauthorized_scope where the caller may not give anybody the capability */
export function checkGrants(caller: Caller): void {
  if (!isBarred(caller)) return;
  const message = 'To let a user act as others (`impersonator`) also takes the scope ["users.read"].';
  throw new ApiError('general_unauthorized_scope', message);
}
