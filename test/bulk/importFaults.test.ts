import { beforeEach, expect, test } from 'vitest';
import { api } from '../support/api';
import { expectError } from '../support/expect';
import { faultyStores, refusing } from '../support/faults';
import { fates, importBody, importRows, toLines } from '../support/importing';
import { emptyStores, everything, rows } from '../support/rows';

beforeEach(emptyStores);

const file = Array.from({ length: 600 }, (_, i) => ({ userId: `u${i}`, email: `u${i}@example.com` }));
const counted = async () => (await rows('SELECT count(*) AS n FROM users'))[0]?.n;

test('Where the database is out of reach in the middle, the rows before it are there, and the others say so', async () => {
  let batches = 0;
  const env = faultyStores(refusing(/d1.batch/, () => ++batches > 1)).stores;
  const { lines, counts } = await importRows(file, '', { env });
  expect(counts).toEqual({ total: 600, created: 500, skipped: 0, overwritten: 0, refused: 100 });
  const message = 'The database could not be reached. Send the row again, with onDuplicate=skip.';
  expect(lines[500]).toEqual({
    index: 500,
    userId: 'u500',
    status: 'refused',
    type: 'general_service_unavailable',
    message,
  });
  expect(await counted()).toBe(500);
  expect((await importRows(file, 'onDuplicate=skip')).counts).toMatchObject({ created: 100, skipped: 500 });
  expect(await counted()).toBe(600);
});

test('Where it is out of reach from the start, the call is refused, and nothing is there', async () => {
  const before = await everything();
  const env = faultyStores(refusing(/d1/)).stores;
  expectError(await importBody(toLines(file), '', { env }), 'general_service_unavailable');
  expect(await everything()).toBe(before);
});

test('A user is deleted while a file with it is imported again: it is there or not, whole', async () => {
  await importRows(file.slice(0, 300));
  await Promise.all([
    importRows(file.slice(0, 300), 'onDuplicate=overwrite'),
    api('DELETE /users', { body: { userIds: ['u0', 'u1', 'u299'] } }),
  ]);
  const told = await fates([{ userId: 'u0' }, { userId: 'u299' }], 'onDuplicate=skip');
  expect(told.every((fate) => fate === 'created' || fate === 'skipped')).toBe(true);
  const lines = await rows(
    `SELECT count(*) AS n FROM users WHERE NOT EXISTS (SELECT 1 FROM activity WHERE user_seq = users.seq AND event = 'user.create')`,
  );
  expect(lines).toEqual([{ n: 0 }]);
});
