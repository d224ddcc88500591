import { beforeEach, expect, test } from 'vitest';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { newUser } from '../support/given';
import { emptyStores } from '../support/rows';

stopClock();
beforeEach(emptyStores);

test('GET /project/usage/failures counts what was refused, in the steps of its range', async () => {
  const email = 'guessed@example.com';
  await newUser({ email, password: 'correct horse' });
  const none = await api('GET /project/usage/failures?range=24h');
  expect(none.body).toMatchObject({ range: '24h', total: 0 });
  const headers = { 'x-appwrite-key': null, 'cf-connecting-ip': '192.0.2.7' };
  for (let i = 0; i < 3; i++) {
    const body = { email, password: 'wrong horse' };
    expect((await api('POST /account/sessions/email', { headers, body })).status).toBe(401);
  }
  for (const [range, steps] of [
    ['24h', 24],
    ['7d', 7],
    ['30d', 30],
    ['90d', 90],
  ] as const) {
    const { body } = await api(`GET /project/usage/failures?range=${range}`);
    expect(body.total).toBe(3);
    expect(body.failures.at(-1).value).toBe(3);
    expect(body.failures, range).toHaveLength(steps);
  }
});
