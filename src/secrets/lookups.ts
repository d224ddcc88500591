import { ApiError } from '../http/errors';
import { hashSecret } from './secrets';

/** Lookups of secrets without a tag that a network may make at once, and how many it is given back in a second. */
export const BURST = 10;
const PER_SECOND = 1;

/** Networks share so many budgets, by a hash that nobody outside can tell: what a flood from everywhere can cost. */
const SLOTS = 256;

const left = new Float64Array(SLOTS).fill(BURST);
const countedAt = new Float64Array(SLOTS);
let salt: string | null = null;

/**
 * Takes one lookup from a network's budget: this instance asks D1 for a secret without a tag of ours only so often. Real
 * ones of these were made by an earlier version, or under an encryption key that is gone; all others are made up. Budgets
 * are by network, so that a flood takes them from nobody elsewhere.
 * @param network what names the caller's network; whatever else there is where it is not known
 * @param now milliseconds
 * @throws ApiError general_rate_limit_exceeded beyond the budget: it can't be told, which is neither yes nor no
 */
export function takeLookup(network: string, now: number): void {
  salt ??= crypto.randomUUID();
  const slot = Number.parseInt(hashSecret(salt + network).slice(0, 8), 16) % SLOTS;
  const seconds = Math.max(0, now - (countedAt[slot] ?? 0)) / 1000;
  const budget = Math.min(BURST, (left[slot] ?? 0) + seconds * PER_SECOND);
  countedAt[slot] = now;
  left[slot] = Math.max(0, budget - 1);
  if (budget >= 1) return;
  left[slot] = budget;
  throw new ApiError('general_rate_limit_exceeded', TOO_MANY, { 'Retry-After': '1' });
}

const TOO_MANY =
  'Too many unknown keys or sessions were sent from this network. Please try again after some time.';

/** How many secrets that have ended are remembered, and for how long, milliseconds: then they cost a query again. */
const MAX_ENDED = 1_000;
const ENDED_MS = 60_000;

/**
 * Secrets that D1 does not know any more, or never did, and when it said so. Those without a tag have a place of their
 * own: anybody can make up as many as there is room for.
 */
const ended = { tagged: new Map<string, number>(), untagged: new Map<string, number>() };

/** Whether a secret was found to be nobody's just now: what has ended never lives again. */
export function hasEnded(kind: keyof typeof ended, secretHash: string, now: number): boolean {
  return now - (ended[kind].get(secretHash) ?? Number.NEGATIVE_INFINITY) < ENDED_MS;
}

/** Remembers that a secret is nobody's, so that whoever goes on sending it costs a query a minute. */
export function rememberEnded(kind: keyof typeof ended, secretHash: string, now: number): void {
  const those = ended[kind];
  those.delete(secretHash);
  those.set(secretHash, now);
  if (those.size <= MAX_ENDED) return;
  const oldest = those.keys().next();
  if (!oldest.done) those.delete(oldest.value);
}

/** Forgets all of them, as another instance knows none: for tests. */
export function forgetEnded(): void {
  ended.tagged.clear();
  ended.untagged.clear();
}
