import { env } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import { measured } from '../../bench/support/measuredD1';
import { api } from '../support/api';
import { emptyStores } from '../support/rows';

const USERS = 60_000;

beforeAll(async () => {
  await emptyStores();
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO users (id, name, name_key, email, status, labels, stored_targets, created_at, updated_at)
     SELECT 'u' || i, 'Ada', 'ada', 'u' || i || '@example.com', i % 10000 <> 0, iif(i % 5000 = 0, '["rare"]', '[]'), 0, i, i FROM n`,
  )
    .bind(USERS)
    .run();
}, 120_000);

/** What a dry run of a change reads, and how many it finds. */
async function dryRun(queries: readonly object[]) {
  const { cost, env: bindings } = measured(env);
  const { status, body } = await api('PATCH /users', {
    body: { queries: queries.map((query) => JSON.stringify(query)), emailVerification: true, dryRun: true },
    env: bindings,
  });
  return { status, total: body.total, read: cost.rowsRead };
}

describe('A change of few among many is led to them by an index', () => {
  const few = {
    'blocked ones': [[{ method: 'equal', attribute: 'status', values: [false] }], 6],
    'those with a label': [[{ method: 'contains', attribute: 'labels', values: ['rare'] }], 12],
    'one address': [[{ method: 'equal', attribute: 'email', values: ['u77@example.com'] }], 1],
    'the oldest': [
      [{ method: 'lessThan', attribute: 'accessedAt', values: ['2020-01-01T00:00:00.000Z'] }],
      0,
    ],
    'a part of a name': [[{ method: 'endsWith', attribute: 'name', values: ['nobody'] }], 0],
  } satisfies Record<string, [object[], number]>;
  for (const [who, [queries, total]] of Object.entries(few)) {
    test(who, async () => {
      const found = await dryRun(queries);
      expect(found).toMatchObject({ status: 200, total });
      expect(found.read).toBeLessThan(500);
    });
  }

  test('and of many, in the order of their creation', async () => {
    const all = await dryRun([{ method: 'equal', attribute: 'status', values: [true] }]);
    expect(all).toMatchObject({ status: 200, total: USERS - 6 });
  });
});
