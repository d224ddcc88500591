import { type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { users } from '../../db/schema';
import { unread } from '../../db/unread';
import { type Fields, listSource } from '../../lists';
import type { Context } from '../../request/context';
import { usersAttributes, usersIndex } from '../../users';
import type { DirectoryRow } from '../../wire/directoryRow';

/** Of each kind a row holds the oldest so many. */
export const MOST_OF_KIND = 1_000;

const flag = v.pipe(
  v.number(),
  v.transform((value) => value === 1),
);
const storedTargets = v.array(
  v.object({
    targetId: v.nullable(v.string()),
    providerType: v.string(),
    identifier: v.string(),
    providerId: v.nullable(v.string()),
    name: v.string(),
    expired: flag,
  }),
);
const storedIdentities = v.array(
  v.object({
    identityId: v.string(),
    provider: v.string(),
    providerUid: v.string(),
    providerEmail: v.nullable(v.string()),
  }),
);
const storedMemberships = v.array(
  v.object({
    membershipId: v.string(),
    teamId: v.string(),
    teamName: v.string(),
    roles: v.array(v.string()),
    confirm: flag,
  }),
);

/** The rows of a kind that are a user's, as one text. @param json of a row of the sub-query `list_own` */
function listOf<Schema extends v.GenericSchema>(name: string, schema: Schema, json: SQL, own: SQL) {
  const text = sql`(SELECT json_group_array(json_object(${json}) ORDER BY list_own.seq) FROM (${own} LIMIT ${sql.raw(String(MOST_OF_KIND))}) AS list_own)`;
  const read = (value: unknown): v.InferOutput<Schema> =>
    value === '[]' ? v.parse(schema, []) : v.parse(schema, JSON.parse(String(value)));
  return sql`${text}`.mapWith(read).as(name);
}

/** The target of a user's own address or number says nothing of its own as long as nobody changes it. */
const isUnchangedOwn = sql`(targets.name = '' AND targets.provider_id IS NULL AND targets.expired = false
  AND (targets.provider_type = 'email' AND targets.identifier IS users.email
    OR targets.provider_type = 'sms' AND targets.identifier IS users.phone))`;

const targets = listOf(
  'targets',
  storedTargets,
  sql`'targetId', iif(list_own.seq < 0, NULL, list_own.id), 'providerType', list_own.provider_type, 'identifier', list_own.identifier,
    'providerId', list_own.provider_id, 'name', list_own.name, 'expired', list_own.expired`,
  sql`SELECT * FROM targets WHERE targets.user_seq = users.seq AND NOT ${isUnchangedOwn} ORDER BY targets.seq`,
);

const identities = listOf(
  'identities',
  storedIdentities,
  sql`'identityId', list_own.id, 'provider', list_own.provider, 'providerUid', list_own.provider_uid,
    'providerEmail', nullif(list_own.provider_email, '')`,
  sql`SELECT * FROM identities WHERE identities.user_seq = users.seq ORDER BY identities.seq`,
);

const memberships = listOf(
  'memberships',
  storedMemberships,
  sql`'membershipId', list_own.id, 'teamId', list_own.team_id, 'teamName', list_own.team_name, 'roles', json(list_own.roles),
    'confirm', list_own.confirm`,
  sql`SELECT memberships.seq, memberships.id, memberships.roles, memberships.confirm, teams.id AS team_id, teams.name AS team_name
    FROM memberships CROSS JOIN teams ON teams.seq = memberships.team_seq
    WHERE memberships.user_seq = users.seq ORDER BY memberships.seq`,
);

const { password, hashOptions } = users;

/** What an export reads of a user; hashes for those alone who may see them. */
function exportColumns({ seesHashes }: Pick<Context, 'seesHashes'>) {
  return {
    seq: users.seq,
    id: users.id,
    email: users.email,
    phone: users.phone,
    name: users.name,
    password: seesHashes ? password : unread(password),
    hash: users.hash,
    hashOptions: seesHashes ? hashOptions : unread(hashOptions),
    passwordUpdate: users.passwordUpdate,
    status: users.status,
    labels: users.labels,
    prefs: users.prefs,
    emailVerification: users.emailVerification,
    phoneVerification: users.phoneVerification,
    mfa: users.mfa,
    impersonator: users.impersonator,
    createdAt: users.createdAt,
    accessedAt: users.accessedAt,
    targets,
    identities,
    memberships,
  };
}

type ExportColumns = ReturnType<typeof exportColumns>;

/** The columns that each field of a row is told from. */
const fields: Fields<ExportColumns, keyof DirectoryRow> = {
  userId: ['id'],
  email: ['email'],
  phone: ['phone'],
  name: ['name'],
  hash: ['password'],
  algorithm: ['password', 'hash'],
  hashOptions: ['password', 'hash', 'hashOptions'],
  passwordUpdate: ['passwordUpdate'],
  status: ['status'],
  labels: ['labels'],
  prefs: ['prefs'],
  emailVerification: ['emailVerification'],
  phoneVerification: ['phoneVerification'],
  mfa: ['mfa'],
  impersonator: ['impersonator'],
  registration: ['createdAt'],
  accessedAt: ['accessedAt'],
  targets: ['targets'],
  identities: ['identities'],
  memberships: ['memberships'],
};

/** The names of the user model that `select` takes too, and what they are called in a row. */
export const ALSO_CALLED: Readonly<Record<string, keyof DirectoryRow>> = {
  $id: 'userId',
  $createdAt: 'registration',
  password: 'hash',
};

/** The directory as a list that is streamed: of the fields in a row's order. */
export function directoryList(context: Pick<Context, 'seesHashes'>) {
  const columns = exportColumns(context);
  const also = Object.fromEntries(
    Object.entries(ALSO_CALLED).map(([name, field]) => [name, fields[field]] as const),
  );
  return listSource({
    columns,
    fields: { ...fields, ...also, $id: ['id', 'seq'] },
    unreadAs: { targets: none('targets'), identities: none('identities'), memberships: none('memberships') },
    select: (db, chosen = columns) => db.select(chosen).from(users).$dynamic(),
    from: users,
    seq: users.seq,
    id: users.id,
    noun: 'User',
    attributes: usersAttributes,
    search: usersIndex,
    defaultOrder: 'asc',
  });
}

const none = (name: string) => sql`'[]'`.mapWith(() => []).as(name);

/** A row of the directory as an export reads it. */
export type ExportedUser = Awaited<ReturnType<ReturnType<typeof directoryList>['select']>>[number];
