import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { stopClock } from '../support/clock';
import { expectAnswer, expectInvalid, expectMissing } from '../support/expect';
import { freshId } from '../support/given';
import { importBody, importRoute, knownHash } from '../support/imports';
import { classicUser, modernUser, NOW } from '../support/models';
import { activityOf, rows } from '../support/rows';

stopClock();

const ALGORITHMS = ['argon2', 'bcrypt', 'md5', 'phpass', 'sha', 'scrypt', 'scryptMod'] as const;

const someone = () => {
  const userId = freshId('import');
  return { userId, email: `${userId}@example.com`, name: 'Im Port' };
};

const signIn = (email: string, password: string) =>
  api('POST /account/sessions/email', { body: { email, password }, headers: { 'x-appwrite-key': null } });

describe.each(ALGORITHMS)('A user imported with a hash of %s', (algorithm) => {
  const known = knownHash(algorithm);
  const who = someone();

  test('is answered with the hash and its options as they are', async () => {
    const answer = await api(importRoute(algorithm), { body: { ...who, ...importBody(known) } });
    expectAnswer(
      answer,
      201,
      modernUser({
        $id: who.userId,
        name: who.name,
        password: known.hash,
        hash: algorithm,
        hashOptions: known.options,
        passwordUpdate: NOW.iso,
        email: who.email,
      }),
    );
    expect(answer.body.hashOptions.type).toBe(algorithm);
    expect(await activityOf(who.userId)).toMatchObject([{ event: 'user.create', actor_id: 'root' }]);
  });

  test('is answered to a classic client without any hash', async () => {
    const { userId, email, name } = someone();
    const body = { userId, email, name, ...importBody(known) };
    const answer = await api(importRoute(algorithm), { body, headers: CLASSIC });
    expectAnswer(answer, 201, classicUser({ $id: userId, email, name, passwordUpdate: NOW.seconds }));
  });

  test('needs an ID, an address and a hash', async () => {
    const whole = { ...someone(), ...importBody(known) };
    for (const name of ['userId', 'email', 'password'] as const) {
      const { [name]: _, ...rest } = whole;
      expectMissing(await api(importRoute(algorithm), { body: rest }), name);
    }
  });

  test('is refused with a text that is no such hash', async () => {
    const body = { ...someone(), ...importBody(known), password: 'correct horse' };
    expectInvalid(
      await api(importRoute(algorithm), { body }),
      'password',
      /^Invalid `password` param: Must be a/,
    );
    expect(await rows('SELECT * FROM users WHERE id = ?', body.userId)).toEqual([]);
  });
});

describe('A user with an imported hash', () => {
  test('is told with the type of its options, even where they were stored without one', async () => {
    const { userId, email } = someone();
    const known = knownHash('sha');
    await api('POST /users/sha', { body: { userId, email, ...importBody(known) } });
    const { version } = { version: '', ...known.options };
    await rows('UPDATE users SET hash_options = ? WHERE id = ?', JSON.stringify({ version }), userId);
    const told = { type: 'sha', version };
    expect((await api(`GET /users/${userId}`)).body.hashOptions).toEqual(told);
    const list = await api(`GET /users?queries[]=${encodeURIComponent(`equal("$id", ["${userId}"])`)}`);
    expect(list.body.users).toMatchObject([{ hashOptions: told }]);
    expect((await signIn(email, known.plain)).status).toBe(201);
  });

  test('keeps it while nobody signs in, whatever else is changed', async () => {
    const { userId, email } = someone();
    const known = knownHash('bcrypt');
    await api('POST /users/bcrypt', { body: { userId, email, ...importBody(known) } });
    const { body } = await api(`PATCH /users/${userId}/name`, { body: { name: 'Changed' } });
    expect(body).toMatchObject({ password: known.hash, hash: 'bcrypt', name: 'Changed' });
  });

  test('is refused where verifying would cost too much, naming the parameter', async () => {
    const body = { ...someone(), ...importBody(knownHash('scrypt')), passwordCpu: 2 ** 24 };
    expectInvalid(
      await api('POST /users/scrypt', { body }),
      'passwordCpu',
      /^Invalid `passwordCpu` param: Is too costly to verify here/,
    );
  });

  test('is refused without what a scrypt hash was made with, naming the parameter', async () => {
    for (const name of [
      'passwordSalt',
      'passwordCpu',
      'passwordMemory',
      'passwordParallel',
      'passwordLength',
    ]) {
      const body = { ...someone(), ...importBody(knownHash('scrypt')), [name]: undefined };
      expectMissing(await api('POST /users/scrypt', { body }), name);
    }
    for (const name of ['passwordSalt', 'passwordSaltSeparator', 'passwordSignerKey']) {
      const body = { ...someone(), ...importBody(knownHash('scryptMod')), [name]: undefined };
      expectMissing(await api('POST /users/scrypt-modified', { body }), name);
    }
  });

  test('is refused with a version of SHA that there is not', async () => {
    const body = { ...someone(), ...importBody(knownHash('sha')), passwordVersion: 'sha0' };
    expectInvalid(
      await api('POST /users/sha', { body }),
      'passwordVersion',
      /^Invalid `passwordVersion` param: Must be one of sha1, sha224, sha256/,
    );
  });
});
