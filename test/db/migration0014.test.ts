import { expect, test } from 'vitest';
import { api } from '../support/api';
import { migrate, migrateBefore } from '../support/migrations';
import { rows } from '../support/rows';

const USERS = 100_000;

test('The migration to lists at scale carries over a filled database', async () => {
  await migrateBefore('0014');
  await rows(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${USERS})
     INSERT INTO users (id, name, name_key, phone, status, mfa, labels, created_at, updated_at)
     SELECT 'user' || i, 'Person', 'person', iif(i % 1000, NULL, '+49' || (i + 1000000)), i % 20000 > 0, i % 25000 = 0,
       iif(i % 10000, '[]', iif(i % 50000, '["vip"]', '["vip","old","vip"]')), i * 60000, (${USERS} - i) * 60000 FROM n`,
  );
  await migrate();

  const list = async (...queries: [method: string, attribute: string, ...values: unknown[]][]) => {
    const texts = queries.map(([method, attribute, ...values]) =>
      JSON.stringify({ method, attribute, values }),
    );
    const { body } = await api(`GET /users?${new URLSearchParams(texts.map((text) => ['queries[]', text]))}`);
    return [body.total, body.users.map(({ $id }: { $id: string }) => Number($id.slice(4)))];
  };
  const moment = (minute: number) => new Date(minute * 60_000).toISOString();
  expect(await list(['equal', 'status', false])).toEqual([5, [20_000, 40_000, 60_000, 80_000, 100_000]]);
  expect(await list(['equal', 'mfa', true], ['equal', 'status', false])).toEqual([1, [100_000]]);
  expect(await list(['contains', 'labels', 'old'])).toEqual([2, [50_000, 100_000]]);
  expect((await list(['contains', 'labels', 'vip']))[0]).toBe(10);
  expect(await list(['orderDesc', 'phone'], ['limit', '', 2])).toEqual([USERS, [100_000, 99_000]]);
  expect(await list(['orderAsc', 'phone'], ['limit', '', 2])).toEqual([USERS, [1, 2]]);
  expect(await list(['greaterThanEqual', '$createdAt', moment(60_000)], ['limit', '', 2])).toEqual([
    5000,
    [60_000, 60_001],
  ]);
  expect(await list(['lessThan', '$updatedAt', moment(2)], ['orderAsc', '$sequence'])).toEqual([
    2,
    [99_999, 100_000],
  ]);
  expect(
    await list(['lessThan', '$createdAt', moment(50_000)], ['orderDesc', '$sequence'], ['limit', '', 2]),
  ).toEqual([5000, [49_999, 49_998]]);
  const number = { body: { userId: 'another', phone: `+49${1_000_000 + USERS}` } };
  expect((await api('POST /users', number)).body.type).toBe('user_already_exists');
}, 60_000);
