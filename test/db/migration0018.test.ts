import { expect, test } from 'vitest';
import { api } from '../support/api';
import { migrate, migrateBefore } from '../support/migrations';
import { row, rows } from '../support/rows';

const LINES = 20_500;

/** Lines of which one in 6,000 is a webhook's. */
const fill = (count: number) =>
  rows(
    `WITH RECURSIVE n(i) AS (SELECT (SELECT coalesce(max(seq), 0) FROM activity) + 1 UNION ALL SELECT i + 1 FROM n LIMIT ${count})
     INSERT INTO activity (user_seq, user_id, event, resource_id, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
     SELECT i % 50, 'user' || (i % 50), iif(i % 6000, 'user.update', 'webhook.create'), iif(i % 6000, '', 'hook'), 'key', 'root', '', '', '', '', 'r', i * 60000 FROM n`,
  );

test('The migration to filters of the feed notes the lines that are there as it does those that come', async () => {
  await migrateBefore('0018');
  await fill(LINES);
  await migrate();
  const list = async (...queries: [method: string, attribute: string, ...values: unknown[]][]) => {
    const texts = queries.map(([method, attribute, ...values]) =>
      JSON.stringify({ method, attribute, values }),
    );
    const { body } = await api(
      `GET /activities/events?${new URLSearchParams(texts.map((text) => ['queries[]', text]))}`,
    );
    return [body.total, body.events.map(({ $id }: { $id: string }) => Number($id))];
  };
  expect(await list(['equal', 'event', 'webhook.create'])).toEqual([3, [18_000, 12_000, 6_000]]);
  expect(await list(['equal', 'resourceId', 'hook'], ['orderAsc', '$sequence'])).toEqual([
    3,
    [6_000, 12_000, 18_000],
  ]);
  const time = new Date(9_000 * 60_000).toISOString();
  expect(await list(['lessThan', 'time', time], ['limit', '', 1])).toEqual([5000, [8_999]]);

  const [terms, zones] = [await rows('SELECT * FROM activity_zones'), await noted()];
  await rows('DELETE FROM activity_terms');
  await rows('DELETE FROM activity_zones');
  await rows('DELETE FROM activity');
  await fill(LINES);
  expect([await rows('SELECT * FROM activity_zones'), await noted()]).toEqual([terms, zones]);
  expect(await row('SELECT count(*) AS n FROM activity_zones')).toEqual({ n: 21 });
}, 60_000);

/** What is noted of which value, in whatever order. */
async function noted(): Promise<string[]> {
  const stored = await rows('SELECT bucket, stretch, terms FROM activity_terms');
  return stored
    .flatMap(({ bucket, stretch, terms }) =>
      String(terms)
        .slice(1)
        .split(',')
        .map((term) => `${bucket} ${stretch} ${term}`),
    )
    .sort();
}
