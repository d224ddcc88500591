import { eq, sql } from 'drizzle-orm';
import { endpoint } from '../context';
import { counters, users } from '../db/schema';
import { listSource, page, trigramSearch } from '../lists';
import { listOf } from '../wire/list';
import { listParams, listRequest } from '../wire/listParams';
import { modern, userModel } from '../wire/user';
import { userColumns } from './columns';

const index = { table: 'users_search', columns: ['id', 'name', 'email', 'phone', 'labels'] } as const;

function searchIn(column: string) {
  return trigramSearch(index, column, users.seq);
}

/** What users can be filtered and ordered by, as in Appwrite. */
const attributes = {
  name: { column: users.nameKey, type: 'string', nullable: false, folded: true, search: searchIn('name') },
  email: { column: users.email, type: 'string', lowerCase: true, search: searchIn('email') },
  phone: { column: users.phone, type: 'string', search: searchIn('phone') },
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

const usersList = (columns: ReturnType<typeof userColumns>) =>
  listSource({
    select: (db) => db.select(columns).from(users).$dynamic(),
    from: users,
    seq: users.seq,
    id: users.id,
    noun: 'User',
    attributes,
    search: index,
    uncountedTotal: sql`(SELECT ${counters.value} FROM ${counters} WHERE ${eq(counters.name, 'users')})`,
    defaultOrder: 'asc',
    selectable: Object.keys(modern.entries),
  });

/** GET /users, in order of creation unless asked otherwise. */
export const listUsers = endpoint({
  route: 'GET /users',
  summary: 'List users',
  scope: 'users.read',
  query: listParams,
  returns: [200, listOf('users', userModel, { selects: true })],
  errors: ['general_query_invalid', 'general_cursor_not_found'],
  async handle({ query, db, format }) {
    const request = listRequest(query);
    const selected = request.queries.flatMap((one) => (one.method === 'select' ? one.attributes : []));
    const columns = userColumns({ format }, selected);
    const { statements, read, select } = page(db, usersList(columns), request);
    return { ...read(await db.batch(statements)), select };
  },
});
