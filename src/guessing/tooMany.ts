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
