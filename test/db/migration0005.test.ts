import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { api } from '../support/api';
import { migrate, migrateBefore } from '../support/migrations';
import { rows } from '../support/rows';

test('A filled database goes over: targets stay, users that a device stood in the way of get theirs', async () => {
  await migrateBefore('0005');
  const user = (id: string, email: string | null, phone: string | null) =>
    env.DB.prepare(
      'INSERT INTO users (id, email, phone, created_at, updated_at) VALUES (?, ?, ?, 1, 2)',
    ).bind(id, email, phone);
  const target = (id: string, owner: string, type: string, identifier: string) =>
    env.DB.prepare(
      `INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
       SELECT ?, seq, ?, ?, 1, 2 FROM users WHERE id = ?`,
    ).bind(id, type, identifier, owner);
  await env.DB.batch([
    user('a', 'a@example.com', '+4915100000001'),
    target('token', 'a', 'push', 'b@example.com'),
    target('other', 'a', 'push', '+4915100000002'),
    target('second', 'a', 'email', 'c@example.com'),
    user('b', 'b@example.com', '+4915100000002'),
    // Made while that was allowed, with an address that is a target of another user.
    user('c', 'c@example.com', null),
  ]);
  const targetsOf = (id: string) =>
    rows(
      `SELECT provider_type AS type, identifier FROM targets
       WHERE user_seq = (SELECT seq FROM users WHERE id = ?) ORDER BY seq`,
      id,
    );
  const ofA = await targetsOf('a');
  expect([ofA.length, await targetsOf('b'), await targetsOf('c')]).toEqual([5, [], []]);

  await migrate();
  expect(await targetsOf('a')).toEqual(ofA);
  expect(await targetsOf('b')).toEqual([
    { type: 'email', identifier: 'b@example.com' },
    { type: 'sms', identifier: '+4915100000002' },
  ]);
  expect(await targetsOf('c')).toEqual([]);
  for (const email of ['c@example.com', 'd@example.com', '']) {
    expect((await api('PATCH /users/c/email', { body: { email } })).status).toBe(200);
  }
  expect((await api('PATCH /users/b/email', { body: { email: 'c@example.com' } })).status).toBe(409);
});
