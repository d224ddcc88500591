import { eq, sql } from 'drizzle-orm';
import { endpoint } from '../context';
import { counters, users } from '../db/schema';
import { listSource, page } from '../lists';
import { listOf } from '../wire/list';
import { listParams, listRequest } from '../wire/listParams';
import { userModel } from '../wire/user';

/** What users can be filtered and ordered by, as in Appwrite. */
const attributes = {
  name: { column: users.name, type: 'string' },
  email: { column: users.email, type: 'string' },
  phone: { column: users.phone, type: 'string' },
  status: { column: users.status, type: 'boolean' },
  passwordUpdate: { column: users.passwordUpdate, type: 'datetime' },
  registration: { column: users.createdAt, type: 'datetime' },
  emailVerification: { column: users.emailVerification, type: 'boolean' },
  phoneVerification: { column: users.phoneVerification, type: 'boolean' },
  labels: { column: users.labels, type: 'array' },
  impersonator: { column: users.impersonator, type: 'boolean' },
  $id: { column: users.id, type: 'string' },
  $createdAt: { column: users.createdAt, type: 'datetime' },
  $updatedAt: { column: users.updatedAt, type: 'datetime' },
  $sequence: { column: users.seq, type: 'integer' },
} as const;

const usersList = listSource({
  select: (db) => db.select().from(users).$dynamic(),
  from: users,
  seq: users.seq,
  id: users.id,
  noun: 'User',
  attributes,
  search: { table: 'users_search', terms: 'users_search_terms' },
  uncountedTotal: sql`(SELECT ${counters.value} FROM ${counters} WHERE ${eq(counters.name, 'users')})`,
  defaultOrder: 'asc',
});

/** GET /users, in order of creation unless asked otherwise. */
export const listUsers = endpoint({
  route: 'GET /users',
  summary: 'List users',
  scope: 'users.read',
  query: listParams,
  returns: [200, listOf('users', userModel)],
  errors: ['general_query_invalid', 'general_cursor_not_found'],
  async handle({ query, db }) {
    const { statements, read } = page(db, usersList, listRequest(query));
    return read(await db.batch(statements));
  },
});
