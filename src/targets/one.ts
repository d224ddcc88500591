import { and, eq, ne, or, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { selectUserSeq, seqOfUser } from '../db/expressions';
import { targets, users } from '../db/schema';
import { onlyTargetsOf, storeTold, withoutTold } from '../db/toldTargets';
import { ApiError } from '../http/errors';
import { type Context, endpoint } from '../request/context';
import { checkEntered } from '../request/entrance';
import { targetModel } from '../wire/target';
import { identifier, identifierAs, providerId, targetName, targetPath, throwMalformed } from './params';
import { isTarget, isTargetToEnter, recordTarget, targetColumns, throwTaken } from './rows';

function selectTarget(context: Pick<Context, 'db'>, userId: string, targetId: string) {
  return context.db.select(targetColumns(userId)).from(onlyTargetsOf(userId)).where(isTarget(targetId));
}

/** That a target that is stored is this user's. */
const isOf = (userId: string) => sql`targets.user_seq = ${seqOfUser(userId)}`;

/** GET /users/{userId}/targets/{targetId}. */
export const getTarget = endpoint({
  route: 'GET /users/:userId/targets/:targetId',
  summary: "Get one of a user's targets",
  scope: 'users.read',
  params: targetPath,
  returns: [200, targetModel],
  errors: ['user_not_found', 'user_target_not_found'],
  async handle({ params: { userId, targetId }, db }) {
    const [[owner], [target]] = await db.batch([
      selectUserSeq(db, userId),
      selectTarget({ db }, userId, targetId),
    ]);
    return found(owner, target);
  },
});

/**
 * PATCH /users/{userId}/targets/{targetId}. What is not given stays; a new identifier must be one of its type. Where all
 * that is given is what there is, nothing is changed or written.
 */
export const updateTarget = endpoint({
  route: 'PATCH /users/:userId/targets/:targetId',
  summary: "Update one of a user's targets",
  scope: 'users.write',
  params: targetPath,
  body: { identifier: v.optional(identifier), providerId, name: targetName },
  returns: [200, targetModel],
  errors: [
    'general_invalid_email',
    'general_invalid_phone',
    'user_not_found',
    'user_target_not_found',
    'user_target_already_exists',
  ],
  event: 'target.update',
  async handle({ params: { userId, targetId }, body, ...context }) {
    const { db, now, caller } = context;
    const one = isTargetToEnter(context, userId, targetId);
    const { set, differs } = changesTo(body);
    const changing = sql`${one} AND ${differs}`;
    const [, , , [owner], [target]] = await db
      .batch([
        recordTarget(context, userId, targetId, changing),
        storeTold(db, userId, targetId, changing),
        db
          .update(targets)
          .set({ ...set, updatedAt: now })
          .where(sql`${isOf(userId)} AND ${changing}`),
        db
          .select({ seq: users.seq, impersonator: users.impersonator })
          .from(users)
          .where(eq(users.id, userId)),
        selectTarget(context, userId, targetId),
      ])
      .catch(throwTaken);
    checkEntered(caller, owner);
    const row = found(owner, target);
    if (body.identifier !== undefined && identifierAs(row.providerType, body.identifier) === undefined)
      throwMalformed(row.providerType);
    return row;
  },
});

interface Changes {
  readonly identifier?: string | undefined;
  readonly providerId?: string | undefined;
  readonly name?: string | undefined;
}

/** What a request sets of a target, and that the target is not so already, its new identifier one of its type. */
function changesTo({ identifier, providerId, name }: Changes) {
  const moved = identifier === undefined ? undefined : movedTo(identifier);
  const isOther = or(
    moved && sql`${targets.identifier} IS NOT ${moved}`,
    moved && eq(targets.expired, true),
    providerId === undefined ? undefined : sql`${targets.providerId} IS NOT ${providerId}`,
    name === undefined ? undefined : ne(targets.name, name),
  );
  return {
    set: {
      ...(moved === undefined ? {} : { identifier: moved, expired: false }),
      ...(providerId === undefined ? {} : { providerId }),
      ...(name === undefined ? {} : { name }),
    },
    differs: and(moved && sql`${moved} IS NOT NULL`, isOther ?? sql`false`),
  };
}

/** The identifier in the form of the target's type, decided by the statement that changes it; null if it is none. */
function movedTo(given: string) {
  const as = (type: 'email' | 'sms' | 'push') => identifierAs(type, given) ?? null;
  return sql`(CASE ${targets.providerType} WHEN 'email' THEN ${as('email')} WHEN 'sms' THEN ${as('sms')} ELSE ${as('push')} END)`;
}

/** DELETE /users/{userId}/targets/{targetId}. The user keeps the address or number itself. */
export const deleteTarget = endpoint({
  route: 'DELETE /users/:userId/targets/:targetId',
  summary: "Delete one of a user's targets",
  scope: 'users.write',
  params: targetPath,
  returns: [204, null],
  errors: ['user_not_found', 'user_target_not_found'],
  event: 'target.delete',
  async handle({ params: { userId, targetId }, ...context }) {
    const { db } = context;
    const left = withoutTold(targetId);
    const [[owner], , [deleted], [untold]] = await db.batch([
      selectUserSeq(db, userId),
      recordTarget(context, userId, targetId),
      db
        .delete(targets)
        .where(sql`${isOf(userId)} AND ${isTarget(targetId)}`)
        .returning({ seq: targets.seq }),
      db
        .update(users)
        .set({ storedTargets: left })
        .where(sql`${users.id} = ${userId} AND ${left} IS NOT NULL`)
        .returning({ seq: users.seq }),
    ]);
    found(owner, deleted ?? untold);
  },
});

/** @throws ApiError user_not_found, user_target_not_found where a statement returned none */
function found<Row>(owner: { seq: number } | undefined, target: Row | undefined): Row {
  if (owner === undefined) throw new ApiError('user_not_found');
  if (target === undefined) throw new ApiError('user_target_not_found');
  return target;
}
