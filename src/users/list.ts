import { userCount } from '../db/expressions';
import { userFlags, userLabels, users, userZones, ZONE_SIZE, ZONES_IN_AREA } from '../db/schema';
import { type Fields, type Flags, listSource, page, trigramSearch, type Zones } from '../lists';
import { type Context, endpoint } from '../request/context';
import { listOf } from '../wire/dialect/list';
import { listParams, listRequest } from '../wire/dialect/listParams';
import { classic, modern, userModel } from '../wire/user';
import { noTargets, userColumns } from './columns';

/** What `search` finds users by. */
export const usersIndex = {
  table: 'users_search',
  columns: ['id', 'name', 'email', 'phone', 'labels'],
} as const;

function searchIn(column: string) {
  return trigramSearch(usersIndex, column, users.seq);
}

/** Who has a label. */
const items = { table: userLabels, value: userLabels.label, seq: userLabels.userSeq };

/** In the order of the bits of `userFlags`. */
export const usersFlags: Flags = {
  expression: userFlags,
  bits: [
    { attribute: 'status', is: 'true' },
    { attribute: 'emailVerification', is: 'true' },
    { attribute: 'phoneVerification', is: 'true' },
    { attribute: 'mfa', is: 'true' },
    { attribute: 'impersonator', is: 'true' },
    { attribute: 'phone', is: 'null' },
    { attribute: 'passwordUpdate', is: 'null' },
  ],
};

const created = { oldest: userZones.createdOldest, newest: userZones.createdNewest };

const zones: Zones = {
  table: userZones,
  zone: userZones.zone,
  size: ZONE_SIZE,
  wide: ZONES_IN_AREA,
  times: {
    $createdAt: created,
    registration: created,
    $updatedAt: { oldest: userZones.updatedOldest, newest: userZones.updatedNewest },
  },
};

/** What users can be filtered and ordered by: as in Appwrite, and by `mfa` and `accessedAt`. */
export const usersAttributes = {
  name: { column: users.nameKey, type: 'string', nullable: false, folded: true, search: searchIn('name') },
  email: { column: users.email, type: 'string', lowerCase: true, search: searchIn('email') },
  phone: { column: users.phone, type: 'string', search: searchIn('phone') },
  status: { column: users.status, type: 'boolean' },
  passwordUpdate: { column: users.passwordUpdate, type: 'datetime' },
  registration: { column: users.createdAt, type: 'datetime' },
  emailVerification: { column: users.emailVerification, type: 'boolean' },
  phoneVerification: { column: users.phoneVerification, type: 'boolean' },
  labels: { column: users.labels, type: 'array', items },
  impersonator: { column: users.impersonator, type: 'boolean' },
  mfa: { column: users.mfa, type: 'boolean' },
  accessedAt: { column: users.accessedAt, type: 'datetime' },
  $id: { column: users.id, type: 'string', trigrams: searchIn('id') },
  $createdAt: { column: users.createdAt, type: 'datetime' },
  $updatedAt: { column: users.updatedAt, type: 'datetime' },
  $sequence: { column: users.seq, type: 'integer' },
} as const;

/** The columns that each field of the model is told from. */
const fields: Fields<ReturnType<typeof userColumns>, keyof typeof modern.entries> = {
  $id: ['id'],
  $createdAt: ['createdAt'],
  $updatedAt: ['updatedAt'],
  name: ['name'],
  password: ['password'],
  hash: ['hash'],
  hashOptions: ['hash', 'hashOptions'],
  registration: ['createdAt'],
  status: ['status'],
  labels: ['labels'],
  passwordUpdate: ['passwordUpdate'],
  email: ['email'],
  phone: ['phone'],
  emailVerification: ['emailVerification'],
  emailCanonical: ['email'],
  emailIsFree: ['email'],
  emailIsDisposable: ['email'],
  emailIsCorporate: ['email'],
  emailIsCanonical: ['email'],
  phoneVerification: ['phoneVerification'],
  mfa: ['mfa'],
  prefs: ['prefs'],
  targets: ['targets'],
  accessedAt: ['accessedAt'],
  impersonator: ['impersonator'],
  impersonatorUserId: [],
};

const usersList = ({ format, seesHashes }: Pick<Context, 'format' | 'seesHashes'>) => {
  const columns = userColumns({ format, seesHashes });
  return listSource({
    columns,
    fields,
    told: Object.keys((format.classic ? classic : modern).entries),
    unreadAs: { targets: noTargets },
    select: (db, chosen = columns) => db.select(chosen).from(users).$dynamic(),
    from: users,
    seq: users.seq,
    id: users.id,
    noun: 'User',
    attributes: usersAttributes,
    search: usersIndex,
    uncountedTotal: userCount,
    size: { rows: userCount, of: 'users' },
    flags: usersFlags,
    zones,
    defaultOrder: 'asc',
  });
};

/** GET /users, in order of creation unless asked otherwise. */
export const listUsers = endpoint({
  route: 'GET /users',
  summary: 'List users',
  scope: 'users.read',
  query: listParams,
  returns: [200, listOf('users', userModel, { selects: true })],
  errors: ['general_cursor_not_found'],
  async handle({ query, db, ...context }) {
    const { statements, read } = page(db, usersList(context), listRequest(query));
    return read(await db.batch(statements));
  },
});
