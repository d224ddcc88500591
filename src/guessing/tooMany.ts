import { ApiError } from '../http/errors';

/**
 * A 429 with what a client needs to wait for the right time.
 * @param limit how many were allowed
 * @param seconds until the next one is
 * @param now milliseconds
 */
export function tooMany(limit: number, seconds: number, now: number): ApiError {
  return new ApiError('general_rate_limit_exceeded', undefined, {
    'Retry-After': String(seconds),
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(Math.ceil(now / 1000) + seconds),
  });
}

/** Writes of its own that a user may make at once, and one more each second; the trigger `activity_spends` has them. */
export const BUDGET = 60;

/**
 * What a user is told that has spent its budget of writes: there is room for one after a second at most.
 * @param now milliseconds
 */
export function overBudget(now: number): ApiError {
  return tooMany(BUDGET, 1, now);
}
