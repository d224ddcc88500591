import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError, expectInvalid, expectMissing } from '../support/expect';
import { newUser } from '../support/given';
import { classicUser, LATER, modernUser, targetOf } from '../support/models';
import { activityOf, eventsOf, everything, row } from '../support/rows';

stopClock();

const RULE = 'Value must be a valid email address';

describe('PATCH /users/{userId}/email', () => {
  test('answers the changed user in the modern dialect', async () => {
    const id = await newUser({ email: 'old@example.com' });
    passTime(60_000);
    const answer = await api(`PATCH /users/${id}/email`, { body: { email: 'New.One@Example.COM' } });
    const email = 'new.one@example.com';
    const target = targetOf(id, 'email', { $updatedAt: LATER.iso, identifier: email });
    expectAnswer(answer, 200, modernUser({ $id: id, $updatedAt: LATER.iso, email, targets: [target] }));
  });

  test('answers the changed user in the classic dialect', async () => {
    const id = await newUser({ email: 'classic-old@example.com' });
    passTime(60_000);
    const body = { email: 'Classic@Example.com' };
    const answer = await api(`PATCH /users/${id}/email`, { body, headers: CLASSIC });
    expectAnswer(
      answer,
      200,
      classicUser({ $id: id, $updatedAt: LATER.seconds, email: 'classic@example.com' }),
    );
  });

  test('stores the address in lower case, and one activity row', async () => {
    const id = await newUser();
    passTime(60_000);
    const answer = await api(`PATCH /users/${id}/email`, { body: { email: 'Stored@Example.com' } });
    expect(await row('SELECT email, updated_at FROM users WHERE id = ?', id)).toEqual({
      email: 'stored@example.com',
      updated_at: LATER.ms,
    });
    const [, written, ...others] = await activityOf(id);
    expect(others).toEqual([]);
    expect(written).toMatchObject({
      event: 'user.update',
      resource_id: '',
      actor_type: 'key',
      actor_id: 'root',
      request_id: answer.headers.get('x-request-id'),
      time: LATER.ms,
    });
  });

  test('makes a new address unverified', async () => {
    const id = await newUser({ email: 'verified@example.com' });
    await api(`PATCH /users/${id}/verification`, { body: { emailVerification: true } });
    const answer = await api(`PATCH /users/${id}/email`, { body: { email: 'unverified@example.com' } });
    expect(answer.status).toBe(200);
    expect(answer.body.emailVerification).toBe(false);
  });

  test('changes nothing where it is the address that the user has, in whatever case, or none where it has none', async () => {
    const [id, bare] = [await newUser({ email: 'own@example.com' }), await newUser()];
    await api(`PATCH /users/${id}/verification`, { body: { emailVerification: true } });
    const [before, stored] = [(await api(`GET /users/${id}`)).body, await everything()];
    passTime(60_000);
    for (const email of ['own@example.com', 'OWN@Example.com']) {
      expectAnswer(await api(`PATCH /users/${id}/email`, { body: { email } }), 200, before);
    }
    expect((await api(`PATCH /users/${bare}/email`, { body: { email: '' } })).status).toBe(200);
    expect(await everything()).toBe(stored);
    expect(before.emailVerification).toBe(true);
  });

  test("leaves the phone's verification alone", async () => {
    const id = await newUser({ phone: '+4915100000001' });
    await api(`PATCH /users/${id}/verification/phone`, { body: { phoneVerification: true } });
    const answer = await api(`PATCH /users/${id}/email`, { body: { email: 'other@example.com' } });
    expect(answer.body.phoneVerification).toBe(true);
  });

  test('takes the address away where it is empty, from many users', async () => {
    for (const email of ['gone1@example.com', 'gone2@example.com']) {
      const id = await newUser({ email });
      const answer = await api(`PATCH /users/${id}/email`, { body: { email: '' } });
      expect(answer.status).toBe(200);
      expect(answer.body.email).toBe('');
      expect(await row('SELECT email FROM users WHERE id = ?', id)).toEqual({ email: null });
    }
  });

  test("refuses another user's address in any case, and writes nothing", async () => {
    await newUser({ email: 'taken@example.com' });
    const id = await newUser({ email: 'mine@example.com' });
    const answer = await api(`PATCH /users/${id}/email`, { body: { email: 'TAKEN@example.com' } });
    expectError(answer, 'user_target_already_exists', {
      message: 'A user with the same email already exists in the current project.',
    });
    expect((await api(`GET /users/${id}`)).body.email).toBe('mine@example.com');
    expect(await eventsOf(id)).toEqual(['user.create']);
  });

  test('frees the old address at once', async () => {
    const id = await newUser({ email: 'freed@example.com' });
    await api(`PATCH /users/${id}/email`, { body: { email: 'moved@example.com' } });
    await newUser({ email: 'freed@example.com' });
  });

  test('needs the parameter', async () => {
    const id = await newUser();
    expectMissing(await api(`PATCH /users/${id}/email`, { body: {} }), 'email');
    expectInvalid(await api(`PATCH /users/${id}/email`, { body: { email: null } }), 'email', RULE);
  });
});

describe('An e-mail address', () => {
  test.each([
    'a@b.co',
    'first.last+tag@sub.example.co.uk',
    "o'brien!#$%&*/=?^_`{|}~-@example.com",
    '1@1.de',
    'a@xn--bcher-kva.example',
    `${'x'.repeat(64)}@example.com`,
    `a@${'b'.repeat(63)}.example`,
  ])('may be %s', async (email) => {
    const answer = await api('POST /users', { body: { userId: 'unique()', email } });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body.email).toBe(email.toLowerCase());
  });

  test.each([
    '',
    'a',
    'a@b',
    '@example.com',
    'a@',
    'a@@example.com',
    'a b@example.com',
    ' a@example.com',
    'a@example.com ',
    'a@example.com\n',
    '.a@example.com',
    'a.@example.com',
    'a..b@example.com',
    'a@example..com',
    'a@-example.com',
    'a@example-.com',
    'a@.example.com',
    'a@example.com.',
    'a@exa_mple.com',
    'ü@example.com',
    '\u212Aelvin@example.com',
    'kelvin@\u212A.example.com',
    'u\u017Fer@example.com',
    'a@exämple.com',
    'a,b@example.com',
    'A <a@example.com>',
    'a@example.com, b@example.com',
    `${'x'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(130)}com`,
    'a\u0000@example.com',
    42,
    true,
    ['a@example.com'],
    {},
  ])('may not be %j', async (email) => {
    expectInvalid(await api('POST /users', { body: { userId: 'unique()', email } }), 'email', RULE);
  });
});
