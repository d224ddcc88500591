import { bytesToHex } from '@noble/hashes/utils.js';
import { type SQL, sql } from 'drizzle-orm';
import { recordActivity } from '../activity/record';
import type { Context } from '../context';
import { insertFrom } from '../db/insertFrom';
import { recoveryCodes, users } from '../db/schema';
import { hasRecoveryCodes, subject } from './conditions';
import { keyedHash } from './seal';

/** As many as Appwrite makes, each of so many hex characters. */
const CODES = 6;
const LENGTH = 10;

/** What is shown in the place of a code once it was shown. */
const MASK = '•'.repeat(LENGTH);

/**
 * The hashes that a code may be stored under, the one for new codes first. A code has 40 random bits, too few to keep
 * its plain hash from being reversed, so the hash is keyed with the deployment's encryption key, or with its root key
 * where it has none (a new root key then ends the codes); and it is the user's own, so that no work on one user's codes serves for another's.
 */
export function codeHashes({ config }: Pick<Context, 'config'>, userId: string, code: string): string[] {
  const text = `recovery code of ${userId}: ${code}`;
  return [...config.ENCRYPTION_KEY, config.ROOT_API_KEY].map((key) => keyedHash(key, text));
}

/** Masks, one for each code that is left. */
export function maskedCodes(left: number) {
  return { recoveryCodes: Array.from({ length: left }, () => MASK) };
}

/** How many codes the user has left, over the row of `users`. */
export const codesLeft =
  sql`(SELECT count(*) FROM recovery_codes WHERE recovery_codes.user_seq = users.seq)`.mapWith(Number);

/** Which user makes codes, and what else must hold: expressions over the row of `users`. */
interface Maker {
  readonly userId: string;
  readonly user: SQL;
  readonly allowed?: SQL;
}

/** The new codes, or null where the statement that makes them refused, and what there was before. */
interface Made {
  readonly codes: readonly string[] | null;
  /** Undefined: there is no such user. */
  readonly before: { readonly hasCodes: boolean; readonly impersonator: boolean } | undefined;
}

/**
 * Makes recovery codes in one transaction with the activity row. `create` makes them only where there are none,
 * `rotate` only in the place of others, decided by the statement that inserts them.
 */
export async function makeCodes(context: Context, mode: 'create' | 'rotate', maker: Maker): Promise<Made> {
  const { userId, user, allowed = sql`true` } = maker;
  const { db, event } = context;
  const codes = Array.from({ length: CODES }, newCode);
  const hashes = JSON.stringify(codes.map((code) => codeHashes(context, userId, code)[0]));
  const fitting = mode === 'create' ? sql`NOT ${hasRecoveryCodes}` : hasRecoveryCodes;
  const where = sql`${user} AND ${allowed} AND ${fitting}`;
  const rows = { userSeq: sql`users.seq`, codeHash: sql`json_each.value` };
  const [[before], , made] = await db.batch([
    db
      .select({ hasCodes: hasRecoveryCodes.mapWith(Boolean), impersonator: users.impersonator })
      .from(users)
      .where(user),
    recordActivity(context, event, subject, sql`FROM ${users} WHERE ${where}`),
    insertFrom(db, recoveryCodes, rows, sql`FROM ${users}, json_each(${hashes}) WHERE ${where}`).returning({
      codeHash: recoveryCodes.codeHash,
    }),
    db.delete(recoveryCodes).where(
      sql`${mode === 'rotate'} AND ${recoveryCodes.userSeq} = (SELECT users.seq FROM users WHERE ${user} AND ${allowed})
        AND ${recoveryCodes.codeHash} NOT IN (SELECT value FROM json_each(${hashes}))`,
    ),
  ]);
  return { before, codes: made.length > 0 ? codes : null };
}

function newCode(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(LENGTH / 2)));
}
