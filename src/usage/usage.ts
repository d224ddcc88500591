import { and, eq, gte, inArray, type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { activity, counters, usage } from '../db/schema';
import { oneOf } from '../http/params';
import { endpoint } from '../request/context';
import { type Point, usageModel } from '../wire/usage';
import { addedUp } from './addUp';
import { fill, periodsOf, RANGES, runningTotals } from './series';

const provider = v.message(
  v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,36}$/)),
  'Value must be the name of a session provider, such as email, token, server, anonymous or oauth-github',
);

const totalOf = (name: 'users' | 'sessions') =>
  sql<number>`(SELECT ${counters.value} FROM ${counters} WHERE ${eq(counters.name, name)})`.as(name);

/** The provider of a session that was made, over a line of the log; an earlier version left it to the session. */
const providerOf = sql`coalesce(${activity.provider},
  (SELECT sessions.provider FROM sessions WHERE sessions.id = ${activity.resourceId}))`;

/** The events of changes to a user itself. */
const UPDATES = ['user.update', 'verification.update'];

/**
 * GET /users/usage: what happened over time, from sums of the activity log and its lines since. Only reads are counted
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
    const starting = (time: SQL) =>
      sql<number>`${time} - (${time} - ${periods.start}) % ${periods.step}`.as('date');
    const isNew = sql`${activity.seq} > ${addedUp} AND ${activity.time} >= ${periods.start} AND ${activity.once} IS NULL`;
    const since = (metric: SQL<string>, of: SQL) =>
      db
        .select({
          metric: metric.as('metric'),
          date: starting(sql`${activity.time}`),
          value: sql<number>`count(*)`.as('total'),
        })
        .from(activity)
        .where(and(isNew, of))
        .groupBy(sql`metric`, sql`date`);
    const [[totals], summed, ofEvents, ofProviders] = await db.batch([
      db.select({ users: totalOf('users'), sessions: totalOf('sessions') }).from(sql`(SELECT 1)`),
      db
        .select({
          metric: usage.metric,
          date: starting(sql`${usage.period}`),
          value: sql<number>`sum(${usage.value})`.as('total'),
        })
        .from(usage)
        .where(and(inArray(usage.metric, metrics), gte(usage.period, periods.start)))
        .groupBy(usage.metric, sql`date`),
      since(sql`${activity.event}`, inArray(activity.event, metrics)),
      since(
        sql`'session.create.' || ${providerOf}`,
        sql`${activity.event} = 'session.create' AND ${providerOf} = ${query.provider ?? ''}`,
      ),
    ]);
    const rows = [...summed, ...ofEvents, ...ofProviders];
    const { users: usersTotal = 0, sessions: sessionsTotal = 0 } = totals ?? {};
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
      usersTotal,
      sessionsTotal,
      series: {
        users,
        sessions: series('session.create'),
        usersCount: runningTotals(usersTotal, users),
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
