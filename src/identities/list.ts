import { eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { areOfUsers, idOfUser, userCount } from '../db/expressions';
import { identities, users } from '../db/schema';
import { text } from '../http/params';
import { type Fields, listSource, page, trigramSearch } from '../lists';
import { endpoint } from '../request/context';
import { listOf } from '../wire/dialect/list';
import { listRequest, queryParams } from '../wire/dialect/listParams';
import { identityModel, type modern } from '../wire/identity';
import { identityColumns } from './columns';

/** The columns that each field of the model is told from. */
const fields: Fields<typeof identityColumns, keyof typeof modern.entries> = {
  $id: ['id'],
  $createdAt: ['createdAt'],
  $updatedAt: ['updatedAt'],
  userId: ['userId'],
  provider: ['provider'],
  providerUid: ['providerUid'],
  providerEmail: ['providerEmail'],
  providerAccessToken: [],
  providerAccessTokenExpiry: ['providerAccessTokenExpiry'],
  providerRefreshToken: [],
};

const index = {
  table: 'identities_search',
  columns: ['id', 'provider', 'provider_uid', 'provider_email'],
} as const;

const identitiesList = listSource({
  columns: identityColumns,
  fields,
  select: (db, chosen = identityColumns) =>
    db.select(chosen).from(identities).innerJoin(users, eq(users.seq, identities.userSeq)).$dynamic(),
  from: identities,
  joined: sql`${identities} JOIN ${users} ON ${users.seq} = ${identities.userSeq}`,
  seq: identities.seq,
  id: identities.id,
  noun: 'Identity',
  attributes: {
    userId: {
      column: idOfUser(identities.userSeq),
      type: 'string',
      nullable: false,
      lookup: (ids) => areOfUsers(identities.userSeq, ids),
    },
    provider: { column: identities.provider, type: 'string' },
    providerUid: { column: identities.providerUid, type: 'string' },
    providerEmail: {
      column: identities.providerEmail,
      type: 'string',
      lowerCase: true,
      trigrams: trigramSearch(index, 'provider_email', identities.seq),
    },
    providerAccessTokenExpiry: { column: identities.providerAccessTokenExpiry, type: 'datetime' },
    $id: { column: identities.id, type: 'string', trigrams: trigramSearch(index, 'id', identities.seq) },
    $createdAt: { column: identities.createdAt, type: 'datetime' },
    $updatedAt: { column: identities.updatedAt, type: 'datetime' },
  },
  search: index,
  size: { rows: userCount, of: 'users' },
  defaultOrder: 'asc',
});

/** GET /users/identities: of all users; `equal("userId", …)` for one's own. */
export const listIdentities = endpoint({
  route: 'GET /users/identities',
  summary: "List users' accounts at other providers",
  scope: 'users.read',
  query: { ...queryParams, search: v.optional(text(0, 256)) },
  returns: [200, listOf('identities', identityModel, { selects: true })],
  errors: ['general_cursor_not_found'],
  async handle({ query, db }) {
    const { statements, read, select } = page(db, identitiesList, listRequest(query));
    return { ...read(await db.batch(statements)), select };
  },
});
