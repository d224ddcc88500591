import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { stopClock } from '../support/clock';
import { expectAnswer } from '../support/expect';
import { newKey, newUser } from '../support/given';
import { ARGON2_HASH, ARGON2_OPTIONS, classicUser, modernUser, NOW } from '../support/models';
import { eventsOf } from '../support/rows';

stopClock();

describe('GET /users/{userId}', () => {
  test('answers the whole user in the modern dialect', async () => {
    const id = await newUser({ email: 'ada@example.com', phone: '+4915112345678', name: 'Ada' });
    const expected = modernUser({ $id: id, email: 'ada@example.com', phone: '+4915112345678', name: 'Ada' });
    expectAnswer(await api(`GET /users/${id}`), 200, expected);
  });

  test('answers the whole user in the classic dialect', async () => {
    const id = await newUser({ email: 'ada2@example.com', name: 'Ada' });
    const expected = classicUser({ $id: id, email: 'ada2@example.com', name: 'Ada' });
    expectAnswer(await api(`GET /users/${id}`, { headers: CLASSIC }), 200, expected);
  });

  test('writes no activity', async () => {
    const id = await newUser();
    await api(`GET /users/${id}`);
    expect(await eventsOf(id)).toEqual(['user.create']);
  });

  test('tells what was stored, with its prefs, and what was never set as unset', async () => {
    const id = await newUser({ password: 'correct horse' });
    await api(`PATCH /users/${id}/prefs`, { body: { prefs: { a: [1, {}] } } });
    const { body } = await api(`GET /users/${id}`);
    expect(body).toMatchObject({ prefs: { a: [1, {}] }, passwordUpdate: NOW.iso, accessedAt: '' });
  });
});

describe('The hash of a password', () => {
  test('is shown to a key with the scope users.hashes.read', async () => {
    const id = await newUser({ password: 'correct horse' });
    const { secret } = await newKey(['users.read', 'users.hashes.read']);
    const { body } = await api(`GET /users/${id}`, { headers: { 'x-appwrite-key': secret } });
    expect(body.password).toMatch(ARGON2_HASH);
    expect(body.hashOptions).toEqual(ARGON2_OPTIONS);
  });

  test('is null to any other key, in reads and in changes', async () => {
    const id = await newUser({ password: 'correct horse' });
    const { secret } = await newKey(['users.read', 'users.write']);
    const headers = { 'x-appwrite-key': secret };
    for (const answer of [
      await api(`GET /users/${id}`, { headers }),
      await api(`PATCH /users/${id}/name`, { headers, body: { name: 'Same' } }),
      await api(`PATCH /users/${id}/password`, { headers, body: { password: 'another horse' } }),
      await api('POST /users', { headers, body: { userId: 'unique()', password: 'correct horse' } }),
    ]) {
      expect(answer.body).toMatchObject({ password: null, hash: 'argon2', hashOptions: null });
      expect(answer.text).not.toContain('$argon2id');
    }
  });

  test('is shown to no classic client: its model has no field for it', async () => {
    const id = await newUser({ password: 'correct horse' });
    expect((await api(`GET /users/${id}`, { headers: CLASSIC })).text).not.toContain('argon2');
  });
});
