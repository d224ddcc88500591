import { sql } from 'drizzle-orm';
import { selectUserSeq } from '../db/expressions';
import { memberships } from '../db/schema';
import { ApiError } from '../http/errors';
import { page } from '../lists';
import { endpoint } from '../request/context';
import { listOf } from '../wire/dialect/list';
import { listParams, listRequest } from '../wire/dialect/listParams';
import { userPath } from '../wire/id';
import { membershipModel } from '../wire/membership';
import { membershipsWhere, within } from './memberships';

/** GET /users/{userId}/memberships: the teams that a user is in, or is invited to. */
export const listUserMemberships = endpoint({
  route: 'GET /users/:userId/memberships',
  summary: "List a user's memberships in teams",
  scope: 'users.read',
  params: userPath,
  query: listParams,
  returns: [200, listOf('memberships', membershipModel, { selects: true })],
  errors: ['user_not_found', 'general_cursor_not_found'],
  async handle({ params: { userId }, query, db }) {
    const owner = selectUserSeq(db, userId);
    const seq = sql`(${owner})`;
    const list = membershipsWhere(sql`${memberships.userSeq} = ${seq}`, within('member', seq));
    const { statements, read } = page(db, list, listRequest(query));
    const [[user], ...results] = await db.batch([owner, ...statements]);
    if (user === undefined) throw new ApiError('user_not_found');
    return read(results);
  },
});
