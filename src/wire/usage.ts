import * as v from 'valibot';
import type { Model } from '../http/endpoint';
import type { WireContext } from './dialect/context';
import { isoTime, unixTime } from './dialect/time';

/** What was counted in one period; `date` is the period's start in milliseconds. */
export interface Point {
  readonly date: number;
  readonly value: number;
}

/** The names of the counts in each dialect. */
const CLASSIC = [
  'usersCount',
  'usersCreate',
  'usersRead',
  'usersUpdate',
  'usersDelete',
  'sessionsCreate',
  'sessionsProviderCreate',
  'sessionsDelete',
] as const;
const MODERN = ['users', 'sessions'] as const;

export interface Usage {
  readonly range: string;
  readonly usersTotal: number;
  readonly sessionsTotal: number;
  readonly series: Readonly<Record<(typeof CLASSIC)[number] | (typeof MODERN)[number], readonly Point[]>>;
}

const points = (date: v.GenericSchema) => v.array(v.strictObject({ value: v.number(), date }));

const classic = v.strictObject({
  range: v.string(),
  ...Object.fromEntries(CLASSIC.map((name) => [name, points(v.number())])),
});

const modern = v.strictObject({
  range: v.string(),
  usersTotal: v.number(),
  sessionsTotal: v.number(),
  users: points(v.string()),
  sessions: points(v.string()),
});

/** Counts over time: eight series for a classic client, two series and two totals for a modern one. */
export const usageModel: Model<Usage, WireContext> = {
  name: 'UsageUsers',
  schemas: { classic, modern },
  render({ range, usersTotal, sessionsTotal, series }, { format }) {
    const names = format.classic ? CLASSIC : MODERN;
    const time = format.classic ? unixTime : isoTime;
    const rendered = Object.fromEntries(
      names.map((name) => [name, series[name].map(({ value, date }) => ({ value, date: time(date) }))]),
    );
    return format.classic ? { range, ...rendered } : { range, usersTotal, sessionsTotal, ...rendered };
  },
};

/** What failed over time; ours. */
export const failuresModel: Model<
  { readonly range: string; readonly total: number; readonly failures: readonly Point[] },
  unknown
> = {
  name: 'UsageFailures',
  schemas: { any: v.strictObject({ range: v.string(), total: v.number(), failures: points(v.string()) }) },
  render: ({ failures, ...rest }) => ({
    ...rest,
    failures: failures.map(({ value, date }) => ({ value, date: isoTime(date) })),
  }),
};
