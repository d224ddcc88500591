import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { emptyStores, rows } from '../support/rows';

/*
 * Filters of the feed are served by what is noted of whole areas of the log, and by a look at the newest lines. Whatever is
 * asked, the answer is that of a plain filter over all lines.
 */

const AREA = 1024;
/** Two areas and a half, the second of which is full with its last line, over lines of all kinds. */
const LINES = 2 * AREA + 500;

const json = (method: string, attribute: string, ...values: unknown[]) =>
  JSON.stringify({ method, attribute, values });

async function list(queries: readonly string[]) {
  const { status, body, text } = await api(
    `GET /activities/events?${new URLSearchParams(queries.map((query) => ['queries[]', query]))}`,
  );
  expect(status, text).toBe(200);
  return body;
}

/** Lines of all kinds that there are, in bursts, so that blocks have some and lack others. */
const fill = (count: number) =>
  rows(
    `WITH RECURSIVE n(i) AS (SELECT (SELECT coalesce(max(seq), 0) FROM activity) + 1 UNION ALL SELECT i + 1 FROM n LIMIT ${count})
     INSERT INTO activity (user_seq, user_id, team_seq, event, resource_id, actor_type, actor_id, actor_seq, actor_name, ip,
       user_agent, country_code, request_id, time)
     SELECT i % 7, iif(i % 7, 'user' || (i % 7), ''), iif(i % 5, NULL, 3),
       CASE WHEN i = 33 OR i = 1023 OR i = 1024 THEN 'webhook.create' WHEN i / 40 % 3 = 0 THEN 'user.update' WHEN i % 11 = 0 THEN 'tokens.create'
         WHEN i % 13 = 0 THEN 'ephemeralKey.create' WHEN i % 17 = 0 THEN 'verification.update' WHEN i / 300 % 2 THEN 'session.create' ELSE 'membership.create' END,
       CASE WHEN i % 3 = 0 THEN '' WHEN i % 29 = 0 THEN 'é' WHEN i % 2 THEN 'thing' || (i / 50) ELSE 'x' END,
       CASE i / 20 % 4 WHEN 0 THEN 'key' WHEN 1 THEN 'guest' ELSE 'user' END, iif(i % 4, 'root', 'actor' || (i / 100)),
       iif(i % 6, NULL, 5), '', '', '', '', 'r' || i, i / 3 * 3000 + iif(i % 500 = 0, 200000, 0) FROM n`,
  );

type Event = Readonly<Record<string, string>>;
let all: Event[];

beforeAll(async () => {
  await emptyStores();
  // In parts that end within areas, at their end, and beyond it.
  for (const count of [1000, 23, 1, 1024, LINES - 2048]) await fill(count);
  all = (await list([json('orderAsc', '$sequence'), json('limit', '', 5000)])).events;
  expect(all).toHaveLength(LINES);
}, 60_000);

const EQUAL = ['event', 'actorType', 'actorId', 'resourceType', 'resourceId'] as const;

const line = fc.oneof(
  fc.nat(LINES - 1),
  fc.constantFrom(0, 31, 32, 1021, 1022, 1023, 1024, 2046, 2047, 2048, LINES - 1),
);

const equality = fc
  .record({ name: fc.constantFrom(...EQUAL), at: line, none: fc.nat(9) })
  .map(({ name, at, none }) => {
    const value = none === 0 ? 'nobody,e;' : (all[at]?.[name] ?? '');
    return { query: json('equal', name, value), fits: (event: Event) => event[name] === value };
  });

const comparing = {
  lessThan: (a: number, b: number) => a < b,
  lessThanEqual: (a: number, b: number) => a <= b,
  greaterThan: (a: number, b: number) => a > b,
  greaterThanEqual: (a: number, b: number) => a >= b,
} as const;

const range = fc
  .record({
    method: fc.constantFrom('lessThan', 'lessThanEqual', 'greaterThan', 'greaterThanEqual'),
    at: line,
    of: fc.constantFrom('time', '$sequence'),
  })
  .map(({ method, at, of }) => {
    const numberOf = (event: Event | undefined) =>
      of === 'time' ? Date.parse(event?.time ?? '') : Number(event?.$id);
    const bound = numberOf(all[at]);
    return {
      query: json(method, of, of === 'time' ? new Date(bound).toISOString() : bound),
      fits: (event: Event) => comparing[method as keyof typeof comparing](numberOf(event), bound),
    };
  });

const cursors = fc.option(fc.record({ method: fc.constantFrom('cursorAfter', 'cursorBefore'), at: line }));

describe('GET /activities/events', () => {
  test('answers any filters, from any place, as a plain filter over all lines does', {
    timeout: 180_000,
  }, async () => {
    const asked = fc.record({
      filters: fc
        .tuple(fc.array(equality, { maxLength: 2 }), fc.array(range, { maxLength: 2 }))
        .map(([some, others]) => [...some, ...others]),
      direction: fc.constantFrom('orderAsc', 'orderDesc'),
      cursor: cursors,
      limit: fc.constantFrom(1, 25, 700),
      offset: fc.constantFrom(0, 0, 3),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ filters, direction, cursor, limit, offset }) => {
        const queries = [
          ...filters.map(({ query }) => query),
          json(direction, '$sequence'),
          json('limit', '', limit),
          json('offset', '', offset),
          ...(cursor ? [json(cursor.method, '', all[cursor.at]?.$id)] : []),
        ];
        const ordered = direction === 'orderAsc' ? all : [...all].reverse();
        const place = ordered.findIndex(({ $id }) => $id === (cursor && all[cursor.at]?.$id));
        const fitting = (events: readonly Event[]) =>
          events.filter((event) => filters.every(({ fits }) => fits(event)));
        const before = cursor?.method === 'cursorBefore';
        const page = before
          ? fitting(ordered.slice(0, place))
              .reverse()
              .slice(offset, offset + limit)
              .reverse()
          : fitting(ordered.slice(place + 1)).slice(offset, offset + limit);
        const { events, total } = await list(queries);
        expect(events.map(({ $id }: Event) => $id)).toEqual(page.map(({ $id }) => $id));
        expect(total).toBe(fitting(all).length);
      }),
      { numRuns: 300 },
    );
  });
});

test('A line writes no row for filters but the last one of an area, which writes 34', async () => {
  await fill(3 * AREA - 2 - LINES - 1);
  const insert = () =>
    env.DB.prepare(
      `INSERT INTO activity (user_seq, user_id, event, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
       VALUES (0, '', 'user.update', 'key', 'root', '', '', '', '', 'r', 1)`,
    ).run();
  const costs = [];
  for (let i = 0; i < 3; i++) costs.push((await insert()).meta);
  const [before, last, after] = costs.map(({ rows_written }) => rows_written);
  expect([before, after]).toEqual([2, 2]);
  expect(last).toBeLessThanOrEqual(2 + 34);
  expect(costs[1]?.rows_read).toBeLessThan(11 * AREA);
});
