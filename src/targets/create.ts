import { eq, sql } from 'drizzle-orm';
import { insertFrom } from '../db/insertFrom';
import { targets, users } from '../db/schema';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { checkEntered, mayEnter } from '../request/entrance';
import { newId, userPath } from '../wire/id';
import { targetModel } from '../wire/target';
import { identifier, identifierAs, providerId, providerType, targetName, throwMalformed } from './params';
import { isTargetToEnter, recordTarget, targetColumns, throwTaken } from './rows';

/** POST /users/{userId}/targets. The user's own e-mail address and phone number are targets already. */
export const createTarget = endpoint({
  route: 'POST /users/:userId/targets',
  summary: 'Create a target of a user',
  scope: 'users.write',
  params: userPath,
  body: { targetId: newId, providerType, identifier, providerId, name: targetName },
  returns: [201, targetModel],
  errors: ['general_invalid_email', 'general_invalid_phone', 'user_not_found', 'user_target_already_exists'],
  event: 'target.create',
  async handle({ params: { userId }, body, ...context }) {
    const { db, now, caller } = context;
    const row = {
      id: body.targetId,
      userSeq: sql`${users.seq}`,
      name: body.name ?? '',
      providerType: body.providerType,
      providerId: body.providerId ?? null,
      identifier: identifierAs(body.providerType, body.identifier) ?? throwMalformed(body.providerType),
      expired: false,
      createdAt: now,
      updatedAt: now,
    };
    const [, , [owner], [target]] = await db
      .batch([
        insertFrom(
          db,
          targets,
          row,
          sql`FROM ${users} WHERE ${users.id} = ${userId} AND ${mayEnter(caller)}`,
        ),
        recordTarget(context, userId, row.id, isTargetToEnter(context, userId, row.id)),
        db.select({ impersonator: users.impersonator }).from(users).where(eq(users.id, userId)),
        db.select(targetColumns(userId)).from(targets).where(eq(targets.id, row.id)),
      ])
      .catch(throwTaken);
    checkEntered(caller, owner);
    if (owner === undefined || target === undefined) throw new ApiError('user_not_found');
    return target;
  },
});
