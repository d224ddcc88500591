import { type SQL, sql } from 'drizzle-orm';
import { type Caller, isAllowed } from '../auth/caller';
import { SCOPES } from '../auth/scopes';
import { keys } from '../db/schema';
import { ApiError } from '../http/errors';

/*
 * A key does with other keys what it could do itself: it neither makes one with a scope that it lacks, nor touches one
 * that has such a scope. The root key has all of them.
 */

/** The scopes that a caller lacks, of those that there are. */
function lackedBy(caller: Caller): string[] {
  return SCOPES.filter((scope) => !isAllowed(caller, [scope]));
}

/** @throws ApiError general_unauthorized_scope naming those of the scopes that the caller lacks */
export function checkGiven(caller: Caller, scopes: readonly string[]): void {
  const lacked = lackedBy(caller).filter((scope) => scopes.includes(scope));
  if (lacked.length === 0) return;
  const message = `A key can neither give scopes that it lacks nor change a key that has them: ${JSON.stringify(lacked)}`;
  throw new ApiError('general_unauthorized_scope', message);
}

/** That a row of `keys` is this one and has no scope that the caller lacks, for the statement that changes it. */
export function isWithin(caller: Caller, keyId: string): SQL {
  const lacked = sql`(SELECT value FROM json_each(${JSON.stringify(lackedBy(caller))}))`;
  return sql`${keys.id} = ${keyId}
    AND NOT EXISTS (SELECT 1 FROM json_each(${keys.scopes}) AS had WHERE had.value IN ${lacked})`;
}

/** @throws ApiError general_unauthorized_scope where the key as it was is not within what the caller can do */
export function checkWithin(caller: Caller, found: readonly { readonly scopes: readonly string[] }[]): void {
  for (const { scopes } of found) checkGiven(caller, scopes);
}
