import { expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectInvalid } from '../support/expect';
import { newSession, newUser } from '../support/given';
import { emptyStores } from '../support/rows';

stopClock();

interface Point {
  value: number;
  date: number | string;
}

const values = (points: Point[]) => points.map(({ value }) => value);
const sum = (points: Point[]) => values(points).reduce((a, b) => a + b, 0);

test.each([
  ['24h', 24, 48, '2026-01-30T13:00:00.000+00:00', Date.parse('2026-01-30T13:00:00Z') / 1000],
  ['7d', 7, 7, '2026-01-25T00:00:00.000+00:00', Date.parse('2026-01-25T00:00:00Z') / 1000],
  ['30d', 30, 30, '2026-01-02T00:00:00.000+00:00', Date.parse('2026-01-02T00:00:00Z') / 1000],
  ['90d', 90, 90, '2025-11-03T00:00:00.000+00:00', Date.parse('2025-11-03T00:00:00Z') / 1000],
])('%s has its periods, oldest first, in each dialect', async (range, modern, classic, iso, unix) => {
  const today = (await api(`GET /users/usage?range=${range}`)).body;
  expect(Object.keys(today)).toEqual(['range', 'usersTotal', 'sessionsTotal', 'users', 'sessions']);
  expect([today.users.length, today.sessions.length, today.users[0].date]).toEqual([modern, modern, iso]);
  const then = (await api(`GET /users/usage?range=${range}`, { headers: CLASSIC })).body;
  const { range: _, ...series } = then;
  expect(Object.keys(series)).toEqual([
    'usersCount',
    'usersCreate',
    'usersRead',
    'usersUpdate',
    'usersDelete',
    'sessionsCreate',
    'sessionsProviderCreate',
    'sessionsDelete',
  ]);
  for (const points of Object.values<Point[]>(series))
    expect([points.length, points[0]?.date]).toEqual([classic, unix]);
});

test('counts what happens, in the period in which it does', async () => {
  await emptyStores();
  const [first, second] = [await newUser(), await newUser()];
  await newSession(first);
  passTime(60 * 60_000);
  await api(`PATCH /users/${first}/name`, { body: { name: 'x' } });
  await api(`PATCH /users/${first}/verification`, { body: { emailVerification: true } });
  await api(`DELETE /users/${first}/sessions`);
  await newSession(second);
  await api(`DELETE /users/${second}`);

  const classic = (await api('GET /users/usage?range=24h', { headers: CLASSIC })).body;
  const last = (name: string) => values(classic[name]).slice(-3);
  expect(last('usersCreate')).toEqual([2, 0, 0]);
  expect(last('usersCount')).toEqual([2, 2, 1]);
  expect(last('usersUpdate')).toEqual([0, 0, 2]);
  expect(last('usersDelete')).toEqual([0, 0, 1]);
  expect(last('sessionsCreate')).toEqual([1, 0, 1]);
  expect(last('sessionsDelete')).toEqual([0, 0, 2]);

  const modern = (await api('GET /users/usage?range=7d')).body;
  expect([modern.usersTotal, modern.sessionsTotal]).toEqual([1, 0]);
  expect([values(modern.users).at(-1), values(modern.sessions).at(-1)]).toEqual([1, 2]);
});

test('counts sessions of one provider', async () => {
  const user = await newUser();
  await newSession(user);
  const of = async (query: string) =>
    sum((await api(`GET /users/usage?range=7d${query}`, { headers: CLASSIC })).body.sessionsProviderCreate);
  expect(await of('&provider=server')).toBeGreaterThan(0);
  expect(await of('&provider=email')).toBe(0);
  expect(await of('')).toBe(await of('&provider=server'));
});

test('refuses what it does not know', async () => {
  expectInvalid(await api('GET /users/usage?range=1y'), 'range', 'Value must be one of (24h, 7d, 30d, 90d)');
  expectInvalid(
    await api('GET /users/usage?provider=A!'),
    'provider',
    /^Invalid `provider` param: Value must be the name/,
  );
});
