import type { Point } from '../wire/usage';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const RANGES = ['24h', '7d', '30d', '90d'] as const;
export type Range = (typeof RANGES)[number];

/** The periods of a chart: how many, how long (milliseconds), and where the first one starts. */
export interface Periods {
  readonly count: number;
  readonly step: number;
  readonly start: number;
}

/**
 * The periods of a range that ends with the one that `now` is in. The last 24 hours come in half hours to a classic
 * client and in hours to a modern one; longer ranges in days (UTC), as in Appwrite.
 */
export function periodsOf(range: Range, classic: boolean, now: number): Periods {
  const [count, step] =
    range === '24h'
      ? classic
        ? [48, 30 * MINUTE]
        : [24, 60 * MINUTE]
      : [{ '7d': 7, '30d': 30, '90d': 90 }[range], DAY];
  return { count, step, start: now - (now % step) - (count - 1) * step };
}

/** A series with a point for every period, zero where nothing was counted. */
export function fill({ count, step, start }: Periods, counted: ReadonlyMap<number, number>): Point[] {
  return Array.from({ length: count }, (_, i) => {
    const date = start + i * step;
    return { date, value: counted.get(date) ?? 0 };
  });
}

/** What a total was at the end of each period, told from what it is now and how it changed in each. */
export function runningTotals(total: number, changes: readonly Point[]): Point[] {
  let later = 0;
  return changes
    .toReversed()
    .map(({ date, value }) => {
      const point = { date, value: total - later };
      later += value;
      return point;
    })
    .toReversed();
}
