import { type SQL, Subquery, sql } from 'drizzle-orm';
import type { Database } from './database';
import { targets, users } from './schema';

/*
 * The target of a user's own address, or number, is told from the user's row for as long as it is what that tells: stored,
 * it would be five of the rows that a new user writes. It has an ID and a number of its own, which the user's sequence
 * makes, so that they stay when it is stored: what changes it does so (triggers of migration 0013), or `storeTold` here.
 * `stored_targets` says of which address there is nothing to tell. Nothing else reads the targets of a user.
 */

interface Own {
  readonly bit: 1 | 2;
  /** The same 20 digits as those of any ID that we make; the letter tells which address. */
  readonly id: SQL;
  /** Below zero, so before all others of the user, and the e-mail address's before the phone number's. */
  readonly seq: SQL;
  readonly type: SQL;
  readonly address: SQL;
}

const OWN: readonly Own[] = [
  {
    bit: 1,
    id: sql`'e' || printf('%019d', users.seq)`,
    seq: sql`-2 * users.seq - 1`,
    type: sql`'email'`,
    address: sql`users.email`,
  },
  {
    bit: 2,
    id: sql`'f' || printf('%019d', users.seq)`,
    seq: sql`-2 * users.seq`,
    type: sql`'sms'`,
    address: sql`users.phone`,
  },
];

const isTold = ({ bit, address }: Own) =>
  sql`${address} IS NOT NULL AND users.stored_targets & ${sql.raw(String(bit))} = 0`;

/**
 * The columns of a target that is told, as the table has them. Their types, too: SQLite then takes a list of both apart, and
 * finds what is stored by its indexes.
 */
const columnsOf = ({ id, type, address }: Own) => sql`CAST(${id} AS TEXT) AS id, users.seq AS user_seq,
  CAST('' AS TEXT) AS name, CAST(${type} AS TEXT) AS provider_type, CAST(NULL AS TEXT) AS provider_id,
  ${address} AS identifier, CAST(0 AS INTEGER) AS expired,
  users.created_at AS created_at, users.created_at AS updated_at`;

const STORED = sql`id, user_seq, name, provider_type, provider_id, identifier, expired, created_at, updated_at`;

const unite = (arms: readonly SQL[]) => sql.join([...arms], sql` UNION ALL `);

/** A target as it is told with its user. */
const jsonOf = (
  name: SQL,
  of: { readonly [Column in 'id' | 'type' | 'provider' | 'address' | 'expired']: SQL },
  times: SQL,
) =>
  sql`json_object('id', ${of.id}, 'name', ${name}, 'providerType', ${of.type}, 'providerId', ${of.provider},
    'identifier', ${of.address}, 'expired', ${of.expired}, ${times})`;

const jsonOfStored = jsonOf(
  sql`name`,
  {
    id: sql`id`,
    type: sql`provider_type`,
    provider: sql`provider_id`,
    address: sql`identifier`,
    expired: sql`expired`,
  },
  sql`'createdAt', created_at, 'updatedAt', updated_at`,
);

const jsonOfTold = (own: Own) =>
  jsonOf(
    sql`''`,
    { ...own, provider: sql`NULL`, expired: sql`0` },
    sql`'createdAt', users.created_at, 'updatedAt', users.created_at`,
  );

/**
 * The oldest targets of the user whose row is read around it, as JSON. Nearly all users have none stored: theirs are told
 * without a sub-query, which takes SQLite longer than to find the user.
 * @param most how many, which no more are read than
 */
export function oldestTargets(most: number): SQL {
  const limit = sql.raw(String(most));
  const told = OWN.map((own) => sql`SELECT ${own.seq} AS seq, ${columnsOf(own)} WHERE ${isTold(own)}`);
  const stored = sql`SELECT * FROM (SELECT seq, ${STORED} FROM targets WHERE user_seq = users.seq ORDER BY seq LIMIT ${limit})`;
  const merged = sql`SELECT * FROM (${unite([...told, stored])}) ORDER BY seq LIMIT ${limit}`;
  const alone = OWN.map((own) => sql`WHEN ${isTold(own)} THEN json_array(${jsonOfTold(own)})`);
  return sql`(CASE
    WHEN users.stored_targets <> 0 OR EXISTS (SELECT 1 FROM targets WHERE user_seq = users.seq)
      THEN (SELECT json_group_array(${jsonOfStored} ORDER BY seq) FROM (${merged}))
    WHEN ${sql.join(OWN.map(isTold), sql` AND `)} THEN json_array(${sql.join(OWN.map(jsonOfTold), sql`, `)})
    ${sql.join(alone, sql` `)}
    ELSE '[]' END)`;
}

/**
 * All targets of a user as the table `targets`, in whose place it stands: read by `targets`' columns. Its own addresses'
 * are numbered -1 and 0: before all others.
 */
export function targetsOf(userId: string): SQL {
  return sql`(${all(userId)}) AS targets`;
}

/** The same, for a select of Drizzle's that reads nothing else. */
export function onlyTargetsOf(userId: string): Subquery<'targets'> {
  return new Subquery(all(userId), {}, 'targets');
}

function all(userId: string): SQL {
  const isOwner = sql`${users.id} = ${userId}`;
  const user = sql`(SELECT users.seq FROM users WHERE ${isOwner})`;
  const told = OWN.map(
    (own) =>
      sql`SELECT ${place(own)} AS seq, ${columnsOf(own)} FROM users WHERE ${isOwner} AND ${isTold(own)}`,
  );
  const once = OWN.map((own) => {
    const number = sql`(SELECT ${own.seq} FROM users WHERE ${isOwner})`;
    return sql`SELECT ${place(own)} AS seq, ${STORED} FROM targets WHERE seq = ${number}`;
  });
  const stored = sql`SELECT seq, ${STORED} FROM targets WHERE user_seq = ${user} AND seq > 0`;
  return unite([stored, ...told, ...once]);
}

/** What no target of a list is numbered less than. */
export const FIRST_TOLD = -1;

const place = ({ bit }: Own) => sql.raw(`CAST(${FIRST_TOLD + bit - 1} AS INTEGER)`);

/**
 * Stores a target that was told, for the batch that then changes it; nothing where it is stored already.
 * @param only what must hold of it besides, over the columns of `targets`
 */
export function storeTold(db: Database, userId: string, targetId: string, only: SQL) {
  const told = OWN.map(
    (own) =>
      sql`SELECT ${own.seq} AS seq, ${columnsOf(own)} FROM users WHERE ${users.id} = ${userId} AND ${isTold(own)}`,
  );
  const columns = sql`seq, id, user_seq, name, provider_type, provider_id, identifier, expired, created_at, updated_at`;
  return db
    .insert(targets)
    .select(
      sql`SELECT ${columns} FROM (${unite(told)}) AS targets WHERE targets.id = ${targetId} AND ${only}`,
    );
}

/** What `stored_targets` of a user becomes when a target that is told goes; null where this is none that is. */
export function withoutTold(targetId: string): SQL<number> {
  const cases = OWN.map(
    (own) =>
      sql`WHEN ${own.id} = ${targetId} AND ${isTold(own)} THEN users.stored_targets | ${sql.raw(String(own.bit))}`,
  );
  return sql<number>`CASE ${sql.join(cases, sql` `)} END`;
}

/** IDs that targets of own addresses have by their user's sequence: such a one means nothing elsewhere. */
export const TOLD_ID = /^[ef]\d{19}$/;

/**
 * The number and the ID that the target of a user's own address is stored with: null where it is another target, or stored
 * already.
 * @param identifier of the target, an expression; so is `type`. The user is `users`
 */
export function toldFor(identifier: SQL, type: SQL): { readonly seq: SQL; readonly id: SQL } {
  const stored = sql`EXISTS (SELECT 1 FROM targets AS own WHERE own.identifier = ${identifier} AND own.provider_type = ${type})`;
  const cases = (of: (own: Own) => SQL) =>
    sql.join(
      OWN.map((own) => sql`WHEN ${type} = ${own.type} AND ${identifier} = ${own.address} THEN ${of(own)}`),
      sql` `,
    );
  return {
    seq: sql`CASE WHEN ${stored} THEN NULL ${cases(({ seq }) => seq)} END`,
    id: sql`CASE ${cases(({ id }) => id)} END`,
  };
}
