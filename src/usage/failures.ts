import { and, gte, inArray, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { usage } from '../db/schema';
import { oneOf } from '../http/params';
import { endpoint } from '../request/context';
import { failuresModel } from '../wire/usage';
import { fill, periodsOf, RANGES } from './series';

/** Tries to sign in, or to prove a factor, that failed: lines that recur, which are counted at once. */
const FAILURES = ['session.fail', 'challenge.fail'];

/** GET /project/usage/failures (ours): failed tries to sign in and to prove a second factor, over time. */
export const getFailures = endpoint({
  route: 'GET /project/usage/failures',
  summary: 'Get how many sign-ins and second factors failed, over time',
  scope: 'users.read',
  query: { range: v.optional(oneOf(RANGES), '30d') },
  returns: [200, failuresModel],
  async handle({ query: { range }, db, now }) {
    const periods = periodsOf(range, false, now);
    const date = sql<number>`${usage.period} - (${usage.period} - ${periods.start}) % ${periods.step}`;
    const rows = await db
      .select({ date: date.as('date'), value: sql<number>`sum(${usage.value})`.as('total') })
      .from(usage)
      .where(and(inArray(usage.metric, FAILURES), gte(usage.period, periods.start)))
      .groupBy(sql`date`);
    const failures = fill(periods, new Map(rows.map((row) => [row.date, row.value])));
    return { range, total: failures.reduce((sum, { value }) => sum + value, 0), failures };
  },
});
