import { addressOf } from '../http/network';
import type { Context } from '../request/context';
import { keyed } from './keyed';
import { tooMany } from './tooMany';

/** As wrangler.toml sets them on the binding, which does not tell: calls, and the seconds that they count in. */
export const SHIELD_LIMIT = 1000;
export const SHIELD_PERIOD = 10;

/**
 * Turns away floods of sign-ins from one address before they cost a query. It counts right ones too, so it lies far above
 * what failed tries are bounded to; it asks for addresses only, since one of accounts would let a flood from anywhere lock
 * out its owner. A server with an API key stands for many people, and is not asked.
 * @throws ApiError general_rate_limit_exceeded
 */
export async function shield(context: Pick<Context, 'env' | 'caller' | 'client' | 'now'>): Promise<void> {
  const limiter: RateLimit | undefined = context.env.SIGN_IN_LIMITER;
  const address = addressOf(context.client.ip);
  if (limiter === undefined || address === null || context.caller.type !== 'guest') return;
  // The limiter's keys are kept outside of our stores, so they tell nobody's address.
  const { success } = await ask(limiter, `address:${keyed(context, address)}`);
  if (!success) throw tooMany(SHIELD_LIMIT, SHIELD_PERIOD, context.now);
}

/** A limiter that fails lets everybody in: what counts is counted in D1, and nobody could sign in without it. */
async function ask(limiter: RateLimit, key: string): Promise<RateLimitOutcome> {
  try {
    return await limiter.limit({ key });
  } catch {
    console.warn(JSON.stringify({ level: 'warn', message: 'The rate limiter of sign-ins failed' }));
    return { success: true };
  }
}
