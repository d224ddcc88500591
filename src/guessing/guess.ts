import { type SQL, sql } from 'drizzle-orm';
import { insertFrom } from '../db/insertFrom';
import { failures } from '../db/schema';
import type { ApiError } from '../http/errors';
import { addressOf } from '../http/network';
import type { Context } from '../request/context';
import { uniqueId } from '../wire/id';
import { keyed } from './keyed';
import { isKnown, type Proved, placeOf } from './known';
import { tooMany } from './tooMany';

/*
 * Guessing is bounded by counting the tries that failed, and no others, in D1: each is a row for the account that was
 * tried and one for the address that it came from. A window slides: it is full while as many rows as it takes are
 * younger than it is long. A full one refuses before anything is computed, and whatever a try brings about is brought
 * about by a statement that asks once more, so that of many tries at once no more are effective than one after another.
 */

/** What is guessed; each is counted by itself. What `proved` says is where a user counts as being at home for it. */
const PURPOSES = {
  password: { proved: 1 },
  token: { proved: 1 },
  enrolment: { proved: 1 },
  totp: { proved: 2 },
  recovery: { proved: 2 },
} as const satisfies Record<string, { proved: Proved }>;

export type Purpose = keyof typeof PURPOSES;

export const ALL_PURPOSES: readonly string[] = Object.keys(PURPOSES);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** How many failures fill a window of so many milliseconds: OWASP ASVS 4.0, 2.2.1 allows 100 an hour for an account. */
const WINDOWS = {
  minute: { most: 10, ms: MINUTE },
  hour: { most: 100, ms: HOUR },
  address: { most: 50, ms: MINUTE },
} as const;

/** Whose secret is tried. */
export interface Account {
  /** The user, as a condition on the row of `users`. */
  readonly user: SQL;
  /** What names an account that does not exist: its tries count as at one that does, so that limits tell nobody which do. */
  readonly name: string;
}

/** What is read of a try before it goes on: what it is counted by, and when each window that is full has room again. */
export type Limits = { readonly [window in keyof typeof WINDOWS]: number | null } & {
  readonly counted: string;
  readonly isAtHome: boolean;
};

/** A try to guess something, before anybody knows whether it is right. */
export interface Try {
  /** That there is room for its failure, as an expression without tables around it. */
  readonly isOpen: SQL;
  /** The statement that reads the limits, for a batch. */
  limits(): ReturnType<typeof selectLimits>;
  /** @throws ApiError general_rate_limit_exceeded where they refuse it */
  check(limits: Limits | undefined): void;
  /**
   * The statement that records it as a failed one, unless it comes too late to be one; no row then.
   * @param only what else must hold, without tables around it
   */
  record(only?: SQL): ReturnType<typeof insertFailure>;
  /** Records it as a failed one. Returns what its caller is told: the error, or that it was one try too many. */
  failed(error: ApiError): Promise<ApiError>;
}

/** A try whose limits are still to be read. */
export interface Guess extends Try {
  /** The limits as fields of a select from another table. */
  readonly limitFields: ReturnType<typeof limitFields>;
  /**
   * Lets the try go on where its limits allow. What it is counted by is known from then on, so that its expressions are
   * no longer the deep ones that find it out; D1 bounds how deep a statement is.
   * @throws ApiError general_rate_limit_exceeded
   */
  begin(limits: Limits | undefined): Try;
}

/** The one place where tries are counted: see `Guess`. */
export function guessOf(context: Context, purpose: Purpose, account: Account): Guess {
  const counted = keysOf(context, purpose, account);
  const whole = tryOf(context, counted);
  return {
    ...whole,
    limitFields: limitFields(counted, context.now),
    begin(limits) {
      if (limits === undefined) return whole;
      refuseFull(limits, context.now);
      return tryOf(context, {
        ...counted,
        account: sql`${limits.counted}`,
        isAtHome: limits.isAtHome ? sql`true` : sql`false`,
      });
    },
  };
}

function tryOf(context: Context, counted: Counted): Try {
  const { db, now } = context;
  const isOpen = sql`(${fullUntil('minute', counted.account, now)} IS NULL
    AND ${fullUntil('hour', counted.account, now)} IS NULL AND ${addressFullUntil(counted, now)} IS NULL)`;
  const self: Try = {
    isOpen,
    limits: () => selectLimits(context, limitFields(counted, now)),
    check(limits) {
      if (limits !== undefined) refuseFull(limits, now);
    },
    record: (only = sql`true`) => insertFailure(context, counted, sql`${isOpen} AND ${only}`),
    async failed(error) {
      const [[limits], recorded] = await db.batch([self.limits(), self.record()]);
      if (recorded.length === 0) self.check(limits);
      return error;
    },
  };
  return self;
}

/** What a try is counted by, as expressions without tables around them. */
interface Counted {
  /** The account, or the account at a place where its user is at home. */
  readonly account: SQL;
  /** The address, by its purpose; null for a server, which stands for many people, and where none is told. */
  readonly address: string | null;
  readonly isAtHome: SQL;
}

function keysOf(context: Context, purpose: Purpose, { user, name }: Account): Counted {
  const isHome = isKnown(context, PURPOSES[purpose].proved);
  const address = context.caller.type === 'key' ? null : addressOf(context.client.ip);
  const unknown = `${purpose}:${keyed(context, `account ${name}`)}`;
  return {
    account: sql`coalesce((SELECT ${`${purpose}:`} || users.seq || iif(${isHome}, ${`:${placeOf(context) ?? ''}`}, '')
      FROM users WHERE ${user}), ${unknown})`,
    address: address === null ? null : `${purpose}:${keyed(context, `address ${address}`)}`,
    isAtHome: sql`EXISTS (SELECT 1 FROM users WHERE ${user} AND ${isHome})`,
  };
}

/** When the window of a key has room again; null where it has. Reads as many rows as the window takes. */
function fullUntil(window: keyof typeof WINDOWS, key: SQL, now: number): SQL {
  const { most, ms } = WINDOWS[window];
  const hour = hourOf(now);
  return sql`(SELECT failures.time + ${ms} FROM failures WHERE failures.hour IN (${hour - 1}, ${hour})
    AND failures.key = ${key} AND failures.time > ${now - ms}
    ORDER BY failures.time DESC LIMIT 1 OFFSET ${most - 1})`;
}

/** Where its user is at home an account has its own count, and whoever shares the address does not stand in its way. */
function addressFullUntil({ address, isAtHome }: Counted, now: number): SQL {
  if (address === null) return sql`NULL`;
  return sql`iif(${isAtHome}, NULL, ${fullUntil('address', sql`${address}`, now)})`;
}

function limitFields(counted: Counted, now: number) {
  return {
    minute: sql<number | null>`${fullUntil('minute', counted.account, now)}`.as('minute'),
    hour: sql<number | null>`${fullUntil('hour', counted.account, now)}`.as('hour'),
    address: sql<number | null>`${addressFullUntil(counted, now)}`.as('address'),
    counted: sql<string>`${counted.account}`.as('counted'),
    isAtHome: sql`${counted.isAtHome}`.mapWith(Boolean).as('is_at_home'),
  };
}

function selectLimits({ db }: Context, fields: ReturnType<typeof limitFields>) {
  return db.select(fields).from(sql`(SELECT 1)`);
}

function refuseFull(limits: Limits, now: number): void {
  let refusal = { most: 0, until: 0 };
  for (const window of ['minute', 'hour', 'address'] as const) {
    const until = limits[window] ?? 0;
    if (until > refusal.until) refusal = { most: WINDOWS[window].most, until };
  }
  if (refusal.until > 0) throw tooMany(refusal.most, Math.ceil((refusal.until - now) / 1000), now);
}

function insertFailure({ db, now }: Context, { account, address }: Counted, only: SQL) {
  const row = { hour: hourOf(now), key: sql`json_each.value`, time: now, id: uniqueId() };
  const keys = sql`json_each(json_array(${account}, ${address}))`;
  return insertFrom(
    db,
    failures,
    row,
    sql`FROM ${keys} WHERE json_each.value IS NOT NULL AND ${only}`,
  ).returning({
    key: failures.key,
  });
}

/** The hours since 1970 that a time is in. */
export const hourOf = (time: number) => Math.floor(time / HOUR);
