import { env } from 'cloudflare:test';
import { beforeEach, expect, test } from 'vitest';
import { measured } from '../../bench/support/measuredD1';
import { api } from '../support/api';
import { newUser } from '../support/given';
import { importBody, toLines } from '../support/importing';
import { emptyStores, rows } from '../support/rows';

beforeEach(emptyStores);

const person = (id: string, i: number) => ({
  userId: id,
  email: `${id}@example.com`,
  phone: `+49151${String(i).padStart(8, '0')}`,
  name: 'Ada Lovelace',
});

test('A user of an import writes no more rows than a single creation', async () => {
  await newUser({ email: 'first@example.com' });
  const single = measured(env);
  await api('POST /users', { body: person('single', 1), env: single.env });
  const many = measured(env);
  const file = Array.from({ length: 500 }, (_, i) => person(`many${i}`, 100 + i));
  await importBody(toLines(file), '', { env: many.env });
  expect((await rows('SELECT count(*) AS n FROM users'))[0]?.n).toBe(502);
  expect(many.cost.rowsWritten / 500).toBeLessThanOrEqual(single.cost.rowsWritten);
  // One transaction, and nothing else.
  expect(many.cost.d1Trips).toBe(1);
});

test('An import that finds everybody there writes nothing', async () => {
  const file = toLines(Array.from({ length: 300 }, (_, i) => person(`there${i}`, i)));
  await importBody(file, 'onDuplicate=skip');
  const again = measured(env);
  await importBody(file, 'onDuplicate=skip', { env: again.env });
  expect(again.cost.rowsWritten).toBe(0);
});
