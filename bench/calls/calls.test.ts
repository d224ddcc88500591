import { afterAll, beforeAll, test } from 'vitest';
import { removeBundles } from '../support/bundle.ts';
import { BASE, type BenchCall, benchCalls, CALLER, floors, ROOT_KEY, USERS } from '../support/calls.ts';
import type { Cost } from '../support/cost.ts';
import { interleaved } from '../support/interleaved.ts';
import { printTable } from '../support/table.ts';
import { startWorkerd, type Workerd } from '../support/workerd.ts';

let workerd: Workerd;

beforeAll(async () => {
  workerd = await startWorkerd();
}, 120_000);

afterAll(async () => {
  await workerd.mf.dispose();
  removeBundles();
});

/** A number for each run that there is, so that no two create the same. */
let runs = 0;

function blocks(call: BenchCall, target: 'service' | 'floor') {
  return async (count: number) => {
    const from = runs;
    runs += count;
    const { ms } = await workerd.run({ call: call.name, target, from, runs: count, token: workerd.token });
    return ms;
  };
}

/** The least of several: every ten seconds a call writes what was counted, and every minute one copies the session. */
async function costOf(call: BenchCall): Promise<Cost> {
  const costs: Cost[] = [];
  for (let n = 0; n < 3; n++) costs.push(await costOfOne(call));
  const [least] = costs.sort((a, b) => a.d1Trips - b.d1Trips || a.rowsWritten - b.rowsWritten);
  if (least === undefined) throw new Error('no cost');
  return least;
}

async function costOfOne({ send }: BenchCall): Promise<Cost> {
  if (send === 'rpc') return workerd.costOfCheck();
  const { method, path, body, session } = send(runs++);
  const counted = await workerd.mf.getWorker('counted');
  const answer = await counted.fetch(BASE + path, {
    method,
    headers: {
      ...CALLER,
      'content-type': 'application/json',
      ...(session ? { 'x-appwrite-session': workerd.token } : { 'x-appwrite-key': ROOT_KEY }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(answer.headers.get('x-cost') ?? '');
}

test(`Calls over ${USERS} users beside the least that a Worker can do`, { timeout: 1_800_000 }, async () => {
  const rows = [];
  for (const call of benchCalls) {
    const { d1Trips, rowsRead, rowsWritten, kvReads, kvWrites } = await costOf(call);
    const [ours, floor] = await interleaved([blocks(call, 'service'), blocks(call, 'floor')]);
    rows.push([
      call.name,
      ours.ms.toFixed(2),
      `${floor.ms.toFixed(2)} (${floors[call.floor].told})`,
      ours.ratio.toFixed(2),
      ours.cpuRatio?.toFixed(2) ?? '',
      call.atMost ?? '',
      d1Trips,
      rowsRead,
      rowsWritten,
      kvReads,
      kvWrites,
    ]);
  }
  printTable(
    [
      'call',
      'ms',
      'its floor, ms',
      'ratio',
      'of CPU',
      'at most',
      'D1 trips',
      'rows read',
      'rows written',
      'KV reads',
      'KV writes',
    ],
    rows,
  );
});
