import { sql } from 'drizzle-orm';
import { selectUserSeq, userCount } from '../db/expressions';
import { targets } from '../db/schema';
import { FIRST_TOLD, onlyTargetsOf, targetsOf } from '../db/toldTargets';
import { ApiError } from '../http/errors';
import { type Fields, listSource, page } from '../lists';
import { endpoint } from '../request/context';
import { listOf } from '../wire/dialect/list';
import { listRequest, queryParams } from '../wire/dialect/listParams';
import { userPath } from '../wire/id';
import { targetModel, type targetSchema } from '../wire/target';
import { targetColumns } from './rows';

/** The columns that each field of the model is told from. */
const fields: Fields<
  ReturnType<typeof targetColumns> & { seq: typeof targets.seq },
  keyof typeof targetSchema.entries
> = {
  // What the list is ordered by is read beside the ID: only so does SQLite read no further than the page goes.
  $id: ['id', 'seq'],
  $createdAt: ['createdAt'],
  $updatedAt: ['updatedAt'],
  name: ['name'],
  userId: ['userId'],
  providerId: ['providerId'],
  providerType: ['providerType'],
  identifier: ['identifier'],
  expired: ['expired'],
};

/** The targets of a user. */
const targetsList = (userId: string) => {
  const columns = { ...targetColumns(userId), seq: targets.seq };
  const from = onlyTargetsOf(userId);
  return listSource({
    columns,
    fields,
    select: (db, chosen = columns) => db.select(chosen).from(from).$dynamic(),
    from: targetsOf(userId),
    seq: targets.seq,
    id: targets.id,
    noun: 'Target',
    attributes: {
      userId: { column: sql`${userId}`, type: 'string' },
      providerId: { column: targets.providerId, type: 'string' },
      identifier: { column: targets.identifier, type: 'string' },
      providerType: { column: targets.providerType, type: 'string' },
      $id: { column: targets.id, type: 'string' },
      $createdAt: { column: targets.createdAt, type: 'datetime' },
      $updatedAt: { column: targets.updatedAt, type: 'datetime' },
    },
    where: sql`targets.user_seq = (SELECT users.seq FROM users WHERE users.id = ${userId})`,
    least: FIRST_TOLD,
    size: { rows: userCount, of: 'users' },
    defaultOrder: 'asc',
  });
};

/** GET /users/{userId}/targets: where a user can be reached. */
export const listTargets = endpoint({
  route: 'GET /users/:userId/targets',
  summary: "List a user's targets",
  scope: 'users.read',
  params: userPath,
  query: queryParams,
  returns: [200, listOf('targets', targetModel, { selects: true })],
  errors: ['user_not_found', 'general_cursor_not_found'],
  async handle({ params: { userId }, query, db }) {
    const owner = selectUserSeq(db, userId);
    const { statements, read, select } = page(db, targetsList(userId), listRequest(query));
    const [[user], ...results] = await db.batch([owner, ...statements]);
    if (user === undefined) throw new ApiError('user_not_found');
    return { ...read(results), select };
  },
});
