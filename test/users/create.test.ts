import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { stopClock } from '../support/clock';
import { expectAnswer, expectError } from '../support/expect';
import { ARGON2_HASH, ARGON2_OPTIONS, classicUser, modernUser, NOW } from '../support/models';
import { activityOf, eventsOf, row } from '../support/rows';

stopClock();

const ada = {
  email: 'Ada@Example.com',
  phone: '+4915112345678',
  password: 'correct horse',
  name: 'Ada Lovelace',
};

describe('POST /users', () => {
  test('answers 201 with the user in the modern dialect', async () => {
    const answer = await api('POST /users', { body: { userId: 'ada', ...ada } });
    expectAnswer(
      answer,
      201,
      modernUser({
        $id: 'ada',
        name: 'Ada Lovelace',
        password: expect.stringMatching(ARGON2_HASH),
        hashOptions: ARGON2_OPTIONS,
        passwordUpdate: NOW.iso,
        email: 'ada@example.com',
        phone: '+4915112345678',
      }),
    );
  });

  test('answers 201 with the user in the classic dialect', async () => {
    const body = { ...ada, userId: 'grace', email: 'grace@example.com', phone: '+4915112345679' };
    const answer = await api('POST /users', { body, headers: CLASSIC });
    expectAnswer(
      answer,
      201,
      classicUser({
        $id: 'grace',
        name: 'Ada Lovelace',
        passwordUpdate: NOW.seconds,
        email: 'grace@example.com',
        phone: '+4915112345679',
      }),
    );
  });

  test('makes a user without e-mail, phone, password and name', async () => {
    const answer = await api('POST /users', { body: { userId: 'nobody-yet' } });
    expectAnswer(answer, 201, modernUser({ $id: 'nobody-yet' }));
  });

  test('takes null for every optional parameter as nothing', async () => {
    const body = { userId: 'nulls', email: null, phone: null, password: null, name: null };
    const answer = await api('POST /users', { body });
    expectAnswer(answer, 201, modernUser({ $id: 'nulls' }));
  });

  test('stores one row, with the hash and never the password', async () => {
    await api('POST /users', {
      body: { userId: 'stored', email: 'stored@example.com', password: 'correct horse', name: 'S' },
    });
    const stored = await row("SELECT * FROM users WHERE id = 'stored'");
    expect(stored).toMatchObject({
      id: 'stored',
      name: 'S',
      email: 'stored@example.com',
      phone: null,
      email_verification: 0,
      phone_verification: 0,
      status: 1,
      password: expect.stringMatching(/^\$argon2id\$/),
      hash: 'argon2',
      hash_options: '{"type":"argon2","memoryCost":7168,"timeCost":5,"threads":1}',
      password_update: NOW.ms,
      prefs: '{}',
      labels: '[]',
      mfa: 0,
      impersonator: 0,
      accessed_at: null,
      created_at: NOW.ms,
      updated_at: NOW.ms,
    });
    expect(JSON.stringify(stored)).not.toContain('correct horse');
  });

  test('stores a name as it is, emoji and right-to-left text included', async () => {
    const name = ` 👩‍👩‍👧 Ünïcödé עברית "quoted" \\ ${'x'.repeat(90)}`;
    const { body } = await api('POST /users', { body: { userId: 'named', name } });
    expect(body.name).toBe(name);
    expect((await api('GET /users/named')).body.name).toBe(name);
  });

  test('ignores parameters that it does not know', async () => {
    const body = { userId: 'unknown-params', seq: 1, status: false, labels: ['x'], __proto__x: 1 };
    expectAnswer(await api('POST /users', { body }), 201, modernUser({ $id: 'unknown-params' }));
  });

  test('writes nothing, no activity either, where the ID is taken', async () => {
    await api('POST /users', { body: { userId: 'once', name: 'First' } });
    const answer = await api('POST /users', { body: { userId: 'once', name: 'Second' } });
    expectError(answer, 'user_already_exists', {
      message: 'A user with the same ID already exists in the current project.',
    });
    expect((await api('GET /users/once')).body.name).toBe('First');
    expect(await eventsOf('once')).toEqual(['user.create']);
  });

  test('writes one activity row, in the name of the key', async () => {
    const answer = await api('POST /users', { body: { userId: 'logged' } });
    const { seq } = await row("SELECT seq FROM users WHERE id = 'logged'");
    const written = await activityOf('logged');
    expect(written).toHaveLength(1);
    expect(written).toMatchObject([
      {
        user_seq: seq,
        user_id: 'logged',
        event: 'user.create',
        resource_id: '',
        actor_type: 'key',
        actor_id: 'root',
        actor_name: 'Root key',
        ip: '',
        user_agent: '',
        country_code: '',
        request_id: answer.headers.get('x-request-id'),
        time: NOW.ms,
      },
    ]);
  });
});
