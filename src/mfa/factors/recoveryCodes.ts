import { bytesToHex } from '@noble/hashes/utils.js';
import { type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { recordActivity } from '../../activity/record';
import { seqOfUserWhere } from '../../db/expressions';
import { insertFrom } from '../../db/insertFrom';
import { recoveryCodes, users } from '../../db/schema';
import type { Context } from '../../request/context';
import { keyedHash, seal, unseal } from '../../secrets/seal';
import { hasRecoveryCodes, subject } from './conditions';

/** As many as Appwrite makes, each of so many hex characters. */
const CODES = 6;
const LENGTH = 10;

/** What is shown in the place of a code that can't be read: made before they were kept, or under a key that is gone. */
const MASK = '•'.repeat(LENGTH);

const of = (userId: string) => `recovery code of ${userId}`;

/**
 * The hashes that a code may be stored under, the one for new codes first. A code has 40 random bits, too few to keep
 * its plain hash from being reversed, so the hash is keyed; and it is the user's own, so that no work on one user's
 * codes serves for another's. The root key is what codes were hashed under that are older than the encryption key.
 */
export function codeHashes({ config }: Pick<Context, 'config'>, userId: string, code: string): string[] {
  const text = `${of(userId)}: ${code}`;
  return [...config.ENCRYPTION_KEY, config.ROOT_API_KEY].map((key) => keyedHash(key, text));
}

const storedSchema = v.array(v.nullable(v.string()));

/** The user's codes as they are stored, in the order in which they were made, over the row of `users`. */
export const storedCodes = sql`(SELECT json_group_array(sealed) FROM (SELECT sealed FROM recovery_codes
  WHERE recovery_codes.user_seq = users.seq ORDER BY recovery_codes.rowid))`.mapWith((json: string) =>
  v.parse(storedSchema, JSON.parse(json)),
);

/**
 * The codes that a user has left, for whoever may read them; a mask for each that no key of the deployment opens.
 * @param stored as `storedCodes` has them
 */
export async function openCodes(
  { config }: Pick<Context, 'config'>,
  userId: string,
  stored: readonly (string | null)[],
) {
  const open = async (sealed: string | null) =>
    (sealed === null ? null : await unseal(config.ENCRYPTION_KEY, sealed, of(userId)))?.secret ?? MASK;
  return { recoveryCodes: await Promise.all(stored.map(open)) };
}

/** Masks, one for each code that is left, for whoever may only know how many there are. */
export function maskCodes(stored: readonly unknown[]) {
  return { recoveryCodes: stored.map(() => MASK) };
}

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
  const stored = JSON.stringify(await Promise.all(codes.map((code) => stow(context, userId, code))));
  const fitting = mode === 'create' ? sql`NOT ${hasRecoveryCodes}` : hasRecoveryCodes;
  const where = sql`${user} AND ${allowed} AND ${fitting}`;
  const rows = {
    userSeq: sql`users.seq`,
    codeHash: sql`json_extract(json_each.value, '$.hash')`,
    sealed: sql`json_extract(json_each.value, '$.sealed')`,
  };
  const [[before], , made] = await db.batch([
    db
      .select({ hasCodes: hasRecoveryCodes.mapWith(Boolean), impersonator: users.impersonator })
      .from(users)
      .where(user),
    recordActivity(context, event, subject, sql`FROM ${users} WHERE ${where}`),
    insertFrom(db, recoveryCodes, rows, sql`FROM ${users}, json_each(${stored}) WHERE ${where}`).returning({
      codeHash: recoveryCodes.codeHash,
    }),
    db.delete(recoveryCodes).where(
      sql`${mode === 'rotate'} AND ${recoveryCodes.userSeq} = ${seqOfUserWhere(sql`${user} AND ${allowed}`)}
        AND ${recoveryCodes.codeHash} NOT IN (SELECT json_extract(value, '$.hash') FROM json_each(${stored}))`,
    ),
  ]);
  return { before, codes: made.length > 0 ? codes : null };
}

/** What is stored of a code: how a statement finds it, and how it is read again. */
async function stow(context: Context, userId: string, code: string) {
  const [key] = context.config.ENCRYPTION_KEY;
  return { hash: codeHashes(context, userId, code)[0], sealed: await seal(key, code, of(userId)) };
}

function newCode(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(LENGTH / 2)));
}
