import { env } from 'cloudflare:test';
import { beforeEach, describe, expect, test } from 'vitest';
import { maintain } from '../../src/cron';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { newWebhook } from '../support/given';
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
async function cron(variables: Record<string, string> = {}): Promise<number> {
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
  await maintain({ ...env, ...variables, DB }, Date.now());
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

test('The newest line always stays, so that its number is never another line’s, and a feed goes on from lines that are gone', async () => {
  await fill(10, 366 * DAY);
  const lines = async () =>
    (await rows('SELECT seq FROM activity ORDER BY seq')).map(({ seq }) => Number(seq));
  const last = (await lines()).at(-1) ?? 0;
  await cron();
  await cron();
  expect(await lines()).toEqual([last]);
  await fill(3, DAY);
  expect(await lines()).toEqual([last, last + 1, last + 2, last + 3]);
  await cron();
  expect(await lines()).toEqual([last + 1, last + 2, last + 3]);

  const feed = (...queries: string[]) =>
    api(`GET /activities/events?${new URLSearchParams(queries.map((query) => ['queries[]', query]))}`);
  const told = async (...queries: string[]) => {
    const { status, body } = await feed(...queries);
    return [status, body.events.map(({ $id }: { $id: string }) => Number($id) - last)];
  };
  const behind = (seq: number) => `cursorAfter("${seq}")`;
  const ascending = 'orderAsc("$sequence")';
  expect(await told(ascending, behind(last - 5))).toEqual([200, [1, 2, 3]]);
  expect(await told(ascending, behind(last))).toEqual([200, [1, 2, 3]]);
  expect(await told(ascending, behind(last), 'equal("event", "user.update")')).toEqual([200, [1, 2, 3]]);
  expect(await told(behind(last))).toEqual([200, []]);
  expect(await told(`cursorBefore("${last}")`)).toEqual([200, [3, 2, 1]]);
  for (const [queries, id] of [
    [[ascending, behind(last + 4)], last + 4],
    [['orderAsc("time")', behind(last)], last],
  ] as const) {
    const message = `Event '${id}' for the 'cursor' value not found.`;
    expectError(await feed(...queries), 'general_cursor_not_found', { message });
  }
});

describe('Where nothing is due, a run looks at the oldest row alone', () => {
  test('of the log', async () => {
    await fill(6_000, 364 * DAY);
    expect(await cron()).toBeLessThan(20);
    expect(await count()).toBe(6_000);
  });

  test('of sessions, that have a longest lifetime', async () => {
    const { now, far } = { now: Date.now(), far: Date.now() + DAY };
    await rows(
      `INSERT INTO sessions (id, user_seq, secret_hash, provider, factors, expire, created_at, updated_at)
       SELECT 's' || value, 1, 'hash' || value, 'server', '[]', ${far}, ${now}, ${now} FROM json_each(?)`,
      JSON.stringify([...Array(1_000).keys()]),
    );
    expect(await cron({ SESSION_MAX_LIFETIME: '7200' })).toBeLessThan(50);
    expect(await rows('SELECT 1 FROM sessions')).toHaveLength(1_000);
  });

  test('of what webhooks were sent', async () => {
    await newWebhook();
    await rows(
      `INSERT INTO deliveries (webhook_seq, event_seq, name, event, state, created_at)
       SELECT (SELECT seq FROM webhooks), value + 1, '', '{}', 'delivered', ${Date.now() - 29 * DAY} FROM json_each(?)`,
      JSON.stringify([...Array(1_000).keys()]),
    );
    expect(await cron()).toBeLessThan(50);
    expect(await rows('SELECT 1 FROM deliveries')).toHaveLength(1_000);
  });
});
