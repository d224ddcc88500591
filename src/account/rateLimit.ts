import { hashSecret } from '../auth/secrets';
import type { Context } from '../context';
import { ApiError } from '../http/errors';

/** As wrangler.toml sets them on the binding, which does not tell: sign-ins, and the seconds that they count in. */
export const LIMIT = 10;
export const PERIOD = 60;

/**
 * Slows the guessing of passwords and codes: so many tries a minute per account that is tried, and per address that
 * calls. The address counts for guests, who may try many accounts: a server with an API key stands for many people, and a
 * user that shows its session can only try its own account.
 * @param account what names the account, such as its e-mail address
 * @throws ApiError general_rate_limit_exceeded
 */
export async function limitSignIn(context: Context, account: string): Promise<void> {
  const { env, caller, client } = context;
  const limiter: RateLimit | undefined = env.SIGN_IN_LIMITER;
  if (limiter === undefined) return;
  // The limiter's keys are kept outside of our stores, so they tell nobody's address.
  const keys = [`account:${hashSecret(account)}`];
  if (caller.type === 'guest' && client.ip !== '') keys.push(`ip:${hashSecret(client.ip)}`);
  const outcomes = await Promise.all(keys.map((key) => ask(limiter, key)));
  if (outcomes.every(({ success }) => success)) return;
  throw new ApiError('general_rate_limit_exceeded', undefined, {
    'Retry-After': String(PERIOD),
    'X-RateLimit-Limit': String(LIMIT),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(Math.ceil(context.now / 1000) + PERIOD),
  });
}

/** A limiter that fails lets everybody in: it only ever slows guessing, and nobody could sign in without it. */
async function ask(limiter: RateLimit, key: string): Promise<RateLimitOutcome> {
  try {
    return await limiter.limit({ key });
  } catch {
    console.warn(JSON.stringify({ level: 'warn', message: 'The rate limiter of sign-ins failed' }));
    return { success: true };
  }
}
