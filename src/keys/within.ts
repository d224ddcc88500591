import { type SQL, sql } from 'drizzle-orm';
import { keys } from '../db/schema';
import { ApiError } from '../http/errors';
import { ROOT_KEY_ID } from '../request/apiKey';
import { type Caller, isAllowed } from '../request/caller';
import type { Context } from '../request/context';
import { forgetKeys } from '../request/keyCache';
import { SCOPES } from '../request/scopes';

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

/**
 * That the key which calls is still what it was, for the statement that changes another one: an instance remembers a key
 * for a while after it was deleted, and it must leave no key behind that outlives it.
 */
export function isStillKey({ caller, now }: Pick<Context, 'caller' | 'now'>): SQL {
  if (caller.type !== 'key' || caller.id === ROOT_KEY_ID) return sql`true`;
  const held = sql`json_each(${JSON.stringify([...caller.scopes])}) AS held`;
  return sql`EXISTS (SELECT 1 FROM keys AS acting WHERE acting.seq = ${caller.seq}
    AND (acting.expire IS NULL OR acting.expire > ${now})
    AND NOT EXISTS (SELECT 1 FROM ${held} WHERE held.value NOT IN (SELECT value FROM json_each(acting.scopes))))`;
}

/**
 * That a row of `keys` is this one and has no scope that the caller lacks, and that the caller still is a key: for the
 * statement that changes it.
 */
export function isWithin(context: Pick<Context, 'caller' | 'now'>, keyId: string): SQL {
  const lacked = sql`(SELECT value FROM json_each(${JSON.stringify(lackedBy(context.caller))}))`;
  return sql`${keys.id} = ${keyId} AND ${isStillKey(context)}
    AND NOT EXISTS (SELECT 1 FROM json_each(${keys.scopes}) AS had WHERE had.value IN ${lacked})`;
}

/**
 * The key that a statement changed.
 * @param before the key as it was
 * @throws ApiError general_unauthorized_scope where that is not within what the caller can do, key_not_found where there
 *   was none, project_key_unknown where the caller is none any more
 */
export function changedKey<Row>(
  caller: Caller,
  [before]: readonly { readonly scopes: readonly string[] }[],
  changed: Row | undefined,
): Row {
  if (before === undefined) throw new ApiError('key_not_found');
  checkGiven(caller, before.scopes);
  if (changed === undefined) throw new ApiError('project_key_unknown');
  forgetKeys();
  return changed;
}
