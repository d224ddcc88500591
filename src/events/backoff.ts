const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** When a failed try is followed by the next: from seconds to hours, within a day in all. */
const DELAYS = [
  ...[5 * SECOND, 15 * SECOND, 45 * SECOND],
  ...[2 * MINUTE, 6 * MINUTE, 20 * MINUTE],
  ...[HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 8 * HOUR],
];

/** The longest that a receiver may ask to be left alone. */
const MOST_RETRY_AFTER = 24 * HOUR;

/**
 * How long to wait after a failed try, milliseconds; null where it was the last. A tenth more or less, by chance, so that
 * those that failed together do not come back together.
 * @param tries how often it was sent, this try included
 */
export function delayAfter(tries: number, chance = Math.random()): number | null {
  const delay = DELAYS[tries - 1];
  return delay === undefined ? null : Math.round(delay * (0.9 + 0.2 * chance));
}

/** What `Retry-After` asks for (RFC 9110, 10.2.3), milliseconds from now; 0 for nothing. */
export function retryAfterOf(header: string | null, now: number): number {
  if (header === null) return 0;
  const text = header.trim();
  const asked = /^\d{1,9}$/.test(text) ? Number(text) * SECOND : Date.parse(text) - now;
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 0), MOST_RETRY_AFTER) : 0;
}
