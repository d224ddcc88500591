import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError, expectInvalid, expectMissing } from '../support/expect';
import { newUser } from '../support/given';
import { classicUser, LATER, modernUser, targetOf } from '../support/models';
import { activityOf, eventsOf, everything, row } from '../support/rows';

stopClock();

const RULE = "Phone number must start with a '+' and have 7 to 15 digits, the first not zero";

describe('PATCH /users/{userId}/phone', () => {
  test('answers the changed user in the modern dialect', async () => {
    const id = await newUser({ phone: '+4915100000001' });
    passTime(60_000);
    const answer = await api(`PATCH /users/${id}/phone`, { body: { number: '+4915100000002' } });
    const phone = '+4915100000002';
    const target = targetOf(id, 'sms', { $updatedAt: LATER.iso, identifier: phone });
    expectAnswer(answer, 200, modernUser({ $id: id, $updatedAt: LATER.iso, phone, targets: [target] }));
  });

  test('answers the changed user in the classic dialect', async () => {
    const id = await newUser();
    passTime(60_000);
    const body = { number: '+4915100000003' };
    const answer = await api(`PATCH /users/${id}/phone`, { body, headers: CLASSIC });
    expectAnswer(answer, 200, classicUser({ $id: id, $updatedAt: LATER.seconds, phone: '+4915100000003' }));
  });

  test('stores the number, and one activity row', async () => {
    const id = await newUser();
    const answer = await api(`PATCH /users/${id}/phone`, { body: { number: '+4915100000004' } });
    expect(await row('SELECT phone FROM users WHERE id = ?', id)).toEqual({ phone: '+4915100000004' });
    expect(await activityOf(id)).toMatchObject([
      { event: 'user.create' },
      { event: 'user.update', request_id: answer.headers.get('x-request-id') },
    ]);
  });

  test('makes a new number unverified, and leaves the e-mail address alone', async () => {
    const id = await newUser({ phone: '+4915100000005', email: 'phone@example.com' });
    await api(`PATCH /users/${id}/verification/phone`, { body: { phoneVerification: true } });
    await api(`PATCH /users/${id}/verification`, { body: { emailVerification: true } });
    const answer = await api(`PATCH /users/${id}/phone`, { body: { number: '+4915100000010' } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ phoneVerification: false, emailVerification: true });
  });

  test('changes nothing where it is the number that the user has, or none where it has none', async () => {
    const [id, bare] = [await newUser({ phone: '+4915100000011' }), await newUser()];
    await api(`PATCH /users/${id}/verification/phone`, { body: { phoneVerification: true } });
    const [before, stored] = [(await api(`GET /users/${id}`)).body, await everything()];
    passTime(60_000);
    const answer = await api(`PATCH /users/${id}/phone`, { body: { number: '+4915100000011' } });
    expectAnswer(answer, 200, before);
    expect((await api(`PATCH /users/${bare}/phone`, { body: { number: '' } })).status).toBe(200);
    expect(await everything()).toBe(stored);
    expect(before.phoneVerification).toBe(true);
  });

  test('takes the number away where it is empty, from many users', async () => {
    for (const phone of ['+4915100000006', '+4915100000007']) {
      const id = await newUser({ phone });
      const answer = await api(`PATCH /users/${id}/phone`, { body: { number: '' } });
      expect(answer.status).toBe(200);
      expect(answer.body.phone).toBe('');
      expect(await row('SELECT phone FROM users WHERE id = ?', id)).toEqual({ phone: null });
    }
  });

  test("refuses another user's number, and writes nothing", async () => {
    await newUser({ phone: '+4915100000008' });
    const id = await newUser();
    const answer = await api(`PATCH /users/${id}/phone`, { body: { number: '+4915100000008' } });
    expectError(answer, 'user_target_already_exists', {
      message: 'A user with the same phone number already exists in the current project.',
    });
    expect((await api(`GET /users/${id}`)).body.phone).toBe('');
    expect(await eventsOf(id)).toEqual(['user.create']);
  });

  test('needs the parameter, by the name `number`', async () => {
    const id = await newUser();
    expectMissing(await api(`PATCH /users/${id}/phone`, { body: { phone: '+4915100000009' } }), 'number');
    expectInvalid(await api(`PATCH /users/${id}/phone`, { body: { number: null } }), 'number', RULE);
  });
});

describe('A phone number', () => {
  test.each(['+6834002', '+12345678', '+123456789012345', '+4915112345678'])('may be %s', async (phone) => {
    const answer = await api('POST /users', { body: { userId: 'unique()', phone } });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body.phone).toBe(phone);
  });

  test.each([
    '',
    '+',
    '+123456',
    '+1234567890123456',
    '+01234567',
    '4915112345678',
    '004915112345678',
    '+49 151 12345678',
    '+49-151-12345678',
    '+49(151)12345678',
    ' +4915112345678',
    '+4915112345678\n',
    '+４９１５１１２３４５６７８',
    '++4915112345678',
    '+49151abc45678',
    4915112345678,
    true,
    [],
    {},
  ])('may not be %j', async (phone) => {
    expectInvalid(await api('POST /users', { body: { userId: 'unique()', phone } }), 'phone', RULE);
  });
});
