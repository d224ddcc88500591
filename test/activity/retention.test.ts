import { env } from 'cloudflare:test';
import { beforeEach, expect, test } from 'vitest';
import { maintain } from '../../src/cron';
import { stopClock } from '../support/clock';
import { emptyStores, rows } from '../support/rows';

stopClock();
beforeEach(emptyStores);

const DAY = 24 * 60 * 60 * 1000;

/** So many rows of the log, each so old. */
const fill = (count: number, age: number) =>
  rows(
    `INSERT INTO activity (user_seq, user_id, event, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
     SELECT 0, '', 'user.update', 'key', '', '', '', '', '', '', ? FROM json_each(?)`,
    Date.now() - age,
    JSON.stringify([...Array(count).keys()]),
  );

const count = async () => (await rows('SELECT 1 FROM activity')).length;

/** Runs the cron trigger; returns how many rows it read. */
async function cron(): Promise<number> {
  let read = 0;
  const batch = async <T>(statements: D1PreparedStatement[]) => {
    const results = await env.DB.batch<T>(statements);
    for (const { meta } of results) read += meta.rows_read;
    return results;
  };
  const DB: D1Database = Object.assign(Object.create(env.DB), {
    prepare: (query: string) => env.DB.prepare(query),
    batch,
  });
  await maintain({ ...env, DB }, Date.now());
  return read;
}

test('The log keeps what is younger than the retention, and a run removes a bounded number of what is not', async () => {
  await fill(6_000, 366 * DAY);
  await fill(3, DAY);
  await cron();
  expect(await count()).toBe(1_003);
  await cron();
  expect(await count()).toBe(3);
});

test('Where nothing is due, a run looks at the oldest row alone', async () => {
  await fill(6_000, 364 * DAY);
  expect(await cron()).toBeLessThan(20);
  expect(await count()).toBe(6_000);
});
