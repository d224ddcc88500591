import { applyD1Migrations, env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { type Crowd, fillWith } from '../../test/support/crowds';
import { ROOT_KEY } from '../support/calls';
import { send } from '../support/inPool';
import { measured } from '../support/measuredD1';

const USERS = 100_000;
const ROUNDS = 7;

/** Measures searches over a directory of one kind, and prints a table of them. */
export function measureSearch(crowd: Crowd, terms: readonly string[]): void {
  test(`Searches over ${USERS} users: ${crowd}`, { timeout: 1_800_000 }, async () => {
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    await fillWith(crowd, USERS);
    const paths = terms.flatMap((term) => [
      ...['/users', '/users/identities', `/teams/${crowd}/memberships`].map(
        (list) => `${list}?${params({ search: term })}`,
      ),
      ...['search', 'notSearch'].map(
        (method) =>
          `/users?${params({ 'queries[]': JSON.stringify({ method, attribute: 'name', values: [term] }) })}`,
      ),
    ]);
    const rows = [];
    for (const path of paths) rows.push(await measure(path));
    const heads = ['call', 'ms', 'rows read', 'returned', 'total'];
    console.info([heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'));
  });
}

const params = (pairs: Readonly<Record<string, string>>) => new URLSearchParams(pairs).toString();

async function measure(path: string): Promise<(string | number)[]> {
  const request = () =>
    new Request(`https://bench.test/v1${path}`, { headers: { 'x-appwrite-key': ROOT_KEY } });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await send(request(), env);
    times.push(performance.now() - start);
  }
  const { env: counted, cost } = measured(env);
  const response = await send(request(), counted);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const { total, ...lists } = JSON.parse(text);
  const [list] = Object.values(lists);
  const returned = Array.isArray(list) ? list.length : 0;
  expect.soft(cost.rowsRead, path).toBeLessThanOrEqual(5000 + 20 * returned);
  const shown = decodeURIComponent(path);
  const ms = times.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
  return [
    shown.length > 70 ? `${shown.slice(0, 69)}…` : shown,
    ms.toFixed(1),
    cost.rowsRead,
    returned,
    total,
  ];
}
