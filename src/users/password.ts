import type { Context } from '../context';
import { hashPassword } from '../passwords';

/** The columns that a new password changes. Takes the time of a hash. */
export async function passwordChange({ config, now }: Pick<Context, 'config' | 'now'>, password: string) {
  const { hash, algorithm, options } = await hashPassword(password, config.PASSWORD_ARGON2);
  return { password: hash, hash: algorithm, hashOptions: options, passwordUpdate: now };
}
