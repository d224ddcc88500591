import { and, gte, inArray, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { counters, usage } from '../db/schema';
import { oneOf } from '../http/params';
import { endpoint } from '../request/context';
import { type Point, usageModel } from '../wire/usage';
import { fill, periodsOf, RANGES, runningTotals } from './series';

const provider = v.message(
  v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,36}$/)),
  'Value must be the name of a session provider, such as email, token, server, anonymous or oauth-github',
);

/** The events of changes to a user itself. */
const UPDATES = ['user.update', 'verification.update'];

/**
 * GET /users/usage: what happened over time, from counters that the changes themselves keep. Only reads are counted
 * approximately (see activity/counted.ts).
 */
export const getUsage = endpoint({
  route: 'GET /users/usage',
  summary: 'Get usage statistics of users and sessions',
  scope: 'users.read',
  query: { range: v.optional(oneOf(RANGES), '30d'), provider: v.optional(provider) },
  returns: [200, usageModel],
  async handle({ query, db, now, format }) {
    const periods = periodsOf(query.range, format.classic, now);
    const ofProvider = query.provider === undefined ? 'session.create' : `session.create.${query.provider}`;
    const metrics = [
      'user.create',
      'user.read',
      ...UPDATES,
      'user.delete',
      'session.create',
      'session.delete',
      ofProvider,
    ];
    const date = sql<number>`${usage.period} - (${usage.period} - ${periods.start}) % ${periods.step}`;
    const [totals, rows] = await db.batch([
      db
        .select()
        .from(counters)
        .where(inArray(counters.name, ['users', 'sessions'])),
      db
        .select({
          metric: usage.metric,
          date: date.as('date'),
          value: sql<number>`sum(${usage.value})`.as('total'),
        })
        .from(usage)
        .where(and(inArray(usage.metric, metrics), gte(usage.period, periods.start)))
        .groupBy(usage.metric, date),
    ]);
    const total = (name: string) => totals.find((counter) => counter.name === name)?.value ?? 0;
    const series = (...names: string[]) => {
      const values = new Map<number, number>();
      for (const { metric, date, value } of rows) {
        if (names.includes(metric)) values.set(date, (values.get(date) ?? 0) + value);
      }
      return fill(periods, values);
    };
    const usersCreate = series('user.create');
    const usersDelete = series('user.delete');
    const users = usersCreate.map(
      ({ date, value }, i): Point => ({ date, value: value - (usersDelete[i]?.value ?? 0) }),
    );
    return {
      range: query.range,
      usersTotal: total('users'),
      sessionsTotal: total('sessions'),
      series: {
        users,
        sessions: series('session.create'),
        usersCount: runningTotals(total('users'), users),
        usersCreate,
        usersRead: series('user.read'),
        usersUpdate: series(...UPDATES),
        usersDelete,
        sessionsCreate: series('session.create'),
        sessionsProviderCreate: series(ofProvider),
        sessionsDelete: series('session.delete'),
      },
    };
  },
});
