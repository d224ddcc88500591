import { sql } from 'drizzle-orm';
import { users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import type { Context } from '../../request/context';
import { checkPolicy, firstPassword } from '../../users';
import type { Candidate } from './stored';

/** Hashes that one call takes the time of: each is 30 to 60 ms of CPU. */
export const MOST_HASHES = 50;

/** How many hashes a password that is not hashed yet takes: one more for each earlier one that it is compared with. */
export function hashesOf({ config }: Pick<Context, 'config'>, overwrites: boolean): number {
  return 1 + (overwrites ? config.PASSWORD_HISTORY : 0);
}

export type Owner = Parameters<typeof firstPassword>[2];

/**
 * Whose passwords rows are to replace, where the deployment's policy compares them with earlier ones; by what rows know
 * them by.
 */
export async function ownersOf(
  { db, config }: Pick<Context, 'db' | 'config'>,
  candidates: readonly Candidate[],
): Promise<(candidate: Candidate) => Owner | undefined> {
  const asked = candidates.filter(({ plain }) => plain !== undefined).map(({ keys }) => keys);
  if (config.PASSWORD_HISTORY === 0 || asked.length === 0) return () => undefined;
  const given = JSON.stringify(asked.map(({ id, email, phone }) => ({ id, email, phone })));
  const seqs = sql`SELECT coalesce((SELECT known.seq FROM users AS known WHERE known.id = value ->> 'id'),
    (SELECT known.seq FROM users AS known WHERE known.email = value ->> 'email'),
    (SELECT known.seq FROM users AS known WHERE known.phone = value ->> 'phone')) FROM json_each(${given})`;
  const found = await db.select().from(users).where(sql`${users.seq} IN (${seqs})`);
  return ({ keys: { id, email, phone } }) =>
    found.find((user) => user.id === id) ??
    found.find((user) => email !== null && user.email === email) ??
    found.find((user) => phone !== null && user.phone === phone);
}

/**
 * The candidate with its password hashed, once the deployment's policy has let it pass; as it is where it has none.
 * @param owner whose the password is to be, where there is such a user
 * @param dryRun only asks the policy
 * @throws ApiError general_argument_invalid, password_personal_data, password_recently_used
 */
export async function hashed(
  context: Context,
  candidate: Candidate,
  owner: Owner | undefined,
  dryRun: boolean,
): Promise<Candidate> {
  const { plain, keys, columns } = candidate;
  if (plain === undefined) return candidate;
  const person = { id: keys.id, name: columns.name ?? '', email: keys.email, phone: keys.phone };
  if (dryRun) {
    await checkPolicy(context, plain, owner ?? person);
    return { ...candidate, columns: { ...columns, password: 'not hashed' } };
  }
  const { password, hash, hashOptions } = await firstPassword(context, plain, owner ?? person);
  const made = { password, hash, hashOptions: JSON.stringify(hashOptions) };
  return { ...candidate, columns: { ...columns, ...made } };
}

/** What a password beyond those that one call takes is refused with. */
export function tooManyHashes(): ApiError {
  return new ApiError(
    'general_argument_invalid',
    `Invalid \`password\` param: one call takes at most ${MOST_HASHES} passwords that are not hashed yet (fewer where the policy compares them with earlier ones). Send this row in another one.`,
  );
}
