import { env } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import { counted } from '../support/countedD1';
import { row, rows } from '../support/rows';

/*
 * In a log of more than 100,000 lines no call of the feed reads more than 10,000 rows and 50 for each that it answers, and each
 * filter alone is answered, whether all lines, one in thousands or none fulfil it.
 */

const LINES = 130_000;
const PART = 13_000;

const json = (method: string, attribute: string, ...values: unknown[]) =>
  JSON.stringify({ method, attribute, values });
const moment = (of: number) => new Date(of * 60_000).toISOString();

beforeAll(async () => {
  for (let from = 0; from < LINES; from += PART) {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT ${from + 1} UNION ALL SELECT i + 1 FROM n WHERE i < ${from + PART})
       INSERT INTO activity (user_seq, user_id, event, resource_id, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
       SELECT i % 5000 + 1, 'user' || (i % 5000 + 1),
         CASE WHEN i % 40000 = 0 THEN 'webhook.delete' WHEN i % 64 = 0 THEN 'team.update' WHEN i % 3 THEN 'session.create' ELSE 'user.update' END,
         iif(i % 3, 'session' || (i / 2), ''), CASE WHEN i % 30000 = 0 THEN 'system' WHEN i % 100 = 0 THEN 'guest' WHEN i % 2 THEN 'user' ELSE 'key' END,
         iif(i % 20000, 'root', 'rare'), '', '', '', '', 'r', i * 60000 FROM n`,
    ).run();
  }
  expect(await row('SELECT count(*) AS lines FROM activity')).toEqual({ lines: LINES });
}, 120_000);

const equalities = [
  ['event', 'session.create'],
  ['event', 'team.update'],
  ['event', 'webhook.delete'],
  ['event', 'nothing.create'],
  ['actorType', 'key'],
  ['actorType', 'guest'],
  ['actorType', 'system'],
  ['actorId', 'root'],
  ['actorId', 'rare'],
  ['actorId', 'user77'],
  ['resourceType', 'session'],
  ['resourceType', 'team'],
  ['resourceType', 'webhook'],
  ['resourceId', 'user78'],
  ['resourceId', 'session2000'],
  ['resourceId', 'nobody'],
].map(([name = '', value]) => json('equal', name, value));

const middle = LINES / 2;
const ranges = [
  json('greaterThan', 'time', moment(middle)),
  json('lessThan', 'time', moment(middle)),
  json('between', 'time', moment(middle), moment(middle + 3000)),
  json('between', 'time', moment(middle), moment(middle + 2)),
  json('greaterThan', 'time', moment(LINES + 1)),
  json('lessThan', 'time', moment(0)),
  json('greaterThan', '$sequence', middle),
  json('lessThan', '$sequence', middle),
];
const places = [
  [],
  [json('orderAsc', '$sequence')],
  [json('orderAsc', '$sequence'), json('cursorAfter', '', String(middle))],
  [json('orderDesc', '$sequence'), json('cursorAfter', '', String(middle))],
  [json('orderAsc', '$sequence'), json('cursorBefore', '', String(LINES - 3000))],
  [json('limit', '', 1000)],
  [json('limit', '', 5000)],
];

const ask = (queries: readonly string[]) =>
  counted(`/activities/events?${new URLSearchParams(queries.map((query) => ['queries[]', query]))}`);

/** Asks for all of them, and says which broke the rule, and which were refused. */
async function check(asked: readonly (readonly string[])[]) {
  const broken: string[] = [];
  const refused: string[] = [];
  for (const queries of asked) {
    const { status, read, returned, message } = await ask(queries);
    const what = `${queries.join(' ')}: ${status}, ${read} read, ${returned} answered ${message}`;
    if (read > 10_000 + 50 * returned) broken.push(what);
    if (status !== 200) refused.push(what);
  }
  return { broken, refused };
}

describe('In a log of more than 100,000 lines', () => {
  test('each filter alone is served, from any place, in pages of any size', {
    timeout: 120_000,
  }, async () => {
    const asked = [...equalities, ...ranges].flatMap((query) => places.map((place) => [query, ...place]));
    expect(await check(asked)).toEqual({ broken: [], refused: [] });
  });

  test('each filter is served with a range of times or sequences', { timeout: 120_000 }, async () => {
    const asked = equalities.flatMap((query) =>
      ranges.flatMap((range) => [0, 1, 3, 6].map((at) => [query, range, ...(places[at] ?? [])])),
    );
    expect(await check(asked)).toEqual({ broken: [], refused: [] });
  });

  test('two filters keep to the rule; those are refused that too few of the lines looked at fulfil', {
    timeout: 120_000,
  }, async () => {
    const asked = equalities.flatMap((query, index) =>
      equalities
        .slice(index + 1)
        .flatMap((other) => [0, 2, 5].map((at) => [query, other, ...(places[at] ?? [])])),
    );
    const { broken, refused } = await check(asked);
    expect(broken).toEqual([]);
    expect(refused.every((text) => /400, .*in a directory of more than 100,000 events/i.test(text))).toBe(
      true,
    );
  });

  test('rare values are found wherever they are, and counted', async () => {
    expect(await ask([json('equal', 'event', 'webhook.delete')])).toMatchObject({ returned: 3, total: 3 });
    expect(await ask([json('equal', 'actorId', 'rare'), json('orderAsc', '$sequence')])).toMatchObject({
      returned: 6,
      total: 6,
    });
    expect(await ask([json('equal', 'resourceId', 'session2000')])).toMatchObject({ returned: 2, total: 2 });
    const { read } = await ask([json('equal', 'event', 'nothing.create')]);
    expect(read).toBeLessThan(3000);
  });

  test('what is noted of lines goes when retention has removed them', async () => {
    await rows('DELETE FROM activity WHERE seq < 70000');
    expect(await row('SELECT min(stretch) AS stretch FROM activity_terms')).toEqual({ stretch: 4 });
    expect(await row('SELECT min(zone) AS zone FROM activity_zones WHERE zone >= 0')).toEqual({ zone: 68 });
    expect(await row('SELECT max(zone) AS zone FROM activity_zones')).toBeTruthy();
    expect(await ask([json('equal', 'event', 'webhook.delete')])).toMatchObject({ returned: 2, total: 2 });
  });
});
