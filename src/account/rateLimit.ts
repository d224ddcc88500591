import { hashSecret } from '../auth/secrets';
import type { Context } from '../context';
import { ApiError } from '../http/errors';

/** As wrangler.toml sets them on the binding, which does not tell: sign-ins, and the seconds that they count in. */
export const LIMIT = 10;
export const PERIOD = 60;

let toldOfNone = false;

/**
 * Slows the guessing of passwords and tokens: so many sign-ins a minute per address that calls, and per account that is
 * tried. Servers with an API key stand for many people, so only the account counts for them.
 * @param account what names the account, such as its e-mail address
 * @throws ApiError general_rate_limit_exceeded
 */
export async function limitSignIn(context: Context, account: string): Promise<void> {
  const { env, caller, client } = context;
  const limiter: RateLimit | undefined = env.SIGN_IN_LIMITER;
  if (limiter === undefined) return tellOfNone();
  // The limiter's keys are kept outside of our stores, so they tell nobody's address.
  const keys = [`account:${hashSecret(account)}`];
  if (caller.type !== 'key' && client.ip !== '') keys.push(`ip:${hashSecret(client.ip)}`);
  const outcomes = await Promise.all(keys.map((key) => limiter.limit({ key })));
  if (outcomes.every(({ success }) => success)) return;
  throw new ApiError('general_rate_limit_exceeded', undefined, {
    'Retry-After': String(PERIOD),
    'X-RateLimit-Limit': String(LIMIT),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(Math.ceil(context.now / 1000) + PERIOD),
  });
}

function tellOfNone(): void {
  if (toldOfNone) return;
  toldOfNone = true;
  console.warn('No rate limiter is bound as SIGN_IN_LIMITER: sign-ins are not limited.');
}
