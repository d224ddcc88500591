import { applyD1Migrations, env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { ROOT_KEY } from '../support/calls';
import { send } from '../support/inPool';
import { measured } from '../support/measuredD1';
import { scaleCalls } from './calls';
import { fillTeam, fillUpTo, SIZES } from './fill';

const ROUNDS = 5;

test(`Rows read and time of lists, at ${SIZES.join(', ')} users`, { timeout: 3_600_000 }, async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const names = scaleCalls(1).map(({ name }) => name);
  const table = new Map(names.map((name) => [name, [name]]));
  const bytes: string[] = [];
  for (const size of SIZES) {
    const start = performance.now();
    await fillUpTo(size);
    await fillTeam();
    console.info(`${size} users filled in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    const { meta } = await env.DB.prepare('SELECT 1').run();
    bytes.push(`${size}: ${Math.round((meta.size_after ?? 0) / size)} bytes a user`);
    for (const { name, path } of scaleCalls(size)) table.get(name)?.push(await measure(path));
  }
  const heads = ['call: rows read · ms', ...SIZES.map((size) => size.toLocaleString('en'))];
  const rows = [heads, heads.map(() => '---'), ...table.values()];
  console.info(`${bytes.join(', ')}\n\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}`);
});

/** Rows read and the middle time, and that it was refused if it was; whatever it is, it keeps to the rule. */
async function measure(path: string): Promise<string> {
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
  const { total: _, ...lists } = await response.json<{ total: number }>();
  const [list] = Object.values(lists).filter(Array.isArray);
  expect([200, 400], path).toContain(response.status);
  const { value } = (await env.DB.prepare("SELECT value FROM counters WHERE name = 'users'").first<{
    value: number;
  }>()) ?? {
    value: 0,
  };
  // Below that size nothing is capped.
  if (value > 100_000)
    expect.soft(cost.rowsRead, path).toBeLessThanOrEqual(10_000 + 50 * (list?.length ?? 0));
  const ms = times.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
  return `${cost.rowsRead.toLocaleString('en')} · ${ms.toFixed(1)}${response.status === 400 ? ' (400)' : ''}`;
}
