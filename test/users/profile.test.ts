import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectInvalid, expectMissing } from '../support/expect';
import { newUser } from '../support/given';
import { classicUser, LATER, modernUser } from '../support/models';
import { activityOf, eventsOf, row } from '../support/rows';

stopClock();

const BOOLEAN_RULE = 'Value must be a valid boolean';

/** The changes that set one field: path, body, column, what is stored, and the field of the answer. */
const CHANGES = [
  ['name', { name: 'Grace Hopper' }, 'name', 'Grace Hopper', { name: 'Grace Hopper' }],
  ['verification', { emailVerification: true }, 'email_verification', 1, { emailVerification: true }],
  ['verification/phone', { phoneVerification: true }, 'phone_verification', 1, { phoneVerification: true }],
  ['status', { status: true }, 'status', 1, { status: true }],
  ['impersonator', { impersonator: true }, 'impersonator', 1, { impersonator: true }],
] as const;

/** The fields of a change that a classic client knows. */
const classicFields = (field: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(field).filter(([name]) => name in classicUser({})));

describe.each(CHANGES)('PATCH /users/{userId}/%s', (path, body, column, stored, field) => {
  test('answers the changed user in the modern dialect', async () => {
    const id = await newUser();
    passTime(60_000);
    const answer = await api(`PATCH /users/${id}/${path}`, { body });
    expectAnswer(answer, 200, modernUser({ $id: id, $updatedAt: LATER.iso, ...field }));
  });

  test('answers the changed user in the classic dialect', async () => {
    const id = await newUser();
    passTime(60_000);
    const answer = await api(`PATCH /users/${id}/${path}`, { body, headers: CLASSIC });
    expectAnswer(answer, 200, classicUser({ $id: id, $updatedAt: LATER.seconds, ...classicFields(field) }));
  });

  test('stores it, and one activity row', async () => {
    const id = await newUser();
    const answer = await api(`PATCH /users/${id}/${path}`, { body });
    const event = path.startsWith('verification')
      ? 'verification.update'
      : path === 'impersonator'
        ? 'impersonator.create'
        : 'user.update';
    expect(await row(`SELECT ${column} AS stored FROM users WHERE id = ?`, id)).toEqual({ stored });
    expect(await activityOf(id)).toMatchObject([
      { event: 'user.create' },
      { event, actor_id: 'root', request_id: answer.headers.get('x-request-id') },
    ]);
  });

  test('changes that one user only', async () => {
    const [id, other] = [await newUser(), await newUser()];
    await api(`PATCH /users/${id}/${path}`, { body });
    expect(await eventsOf(other)).toEqual(['user.create']);
    expectAnswer(await api(`GET /users/${other}`), 200, modernUser({ $id: other }));
  });

  test('needs the parameter', async () => {
    const id = await newUser();
    const [name = ''] = Object.keys(body);
    expectMissing(await api(`PATCH /users/${id}/${path}`, { body: {} }), name);
    expectInvalid(
      await api(`PATCH /users/${id}/${path}`, { body: { [name]: null } }),
      name,
      name === 'name' ? 'Value must be a valid string and no longer than 128 chars' : BOOLEAN_RULE,
    );
    expect(await eventsOf(id)).toEqual(['user.create']);
  });
});

describe('A name', () => {
  test.each([
    ['empty', ''],
    ['128 letters', 'x'.repeat(128)],
    ['128 emoji', '🐴'.repeat(128)],
    ['spaces, as they are', '  A  B  '],
    ['SQL and HTML, as they are', `'; DROP TABLE users; -- <b>"&amp;`],
  ])('may be %s', async (_, name) => {
    const answer = await api(`PATCH /users/${await newUser({ name: 'Before' })}/name`, { body: { name } });
    expect(answer.status).toBe(200);
    expect(answer.body.name).toBe(name);
  });

  test.each([
    ['129 letters', 'x'.repeat(129)],
    ['129 emoji', '🐴'.repeat(129)],
    ['a NUL, which a database cuts at', 'a\u0000b'],
    ['a number', 42],
    ['a list', ['a']],
    ['an object', {}],
  ])('may not be %s', async (_, name) => {
    const rule = 'Value must be a valid string and no longer than 128 chars';
    expectInvalid(await api('POST /users', { body: { userId: 'unique()', name } }), 'name', rule);
  });
});

describe('A boolean arrives as JSON or as text', () => {
  test.each([
    [true, true],
    ['true', true],
    ['1', true],
    [1, true],
    [false, false],
    ['false', false],
    ['0', false],
    [0, false],
  ])('%j means %j', async (emailVerification, expected) => {
    const id = await newUser();
    await api(`PATCH /users/${id}/verification`, { body: { emailVerification: !expected } });
    const answer = await api(`PATCH /users/${id}/verification`, { body: { emailVerification } });
    expect(answer.body.emailVerification).toBe(expected);
  });

  test.each(['', 'yes', 'on', 'TRUE', 2, -1, 1.5, [], {}, [true]])('%j is none', async (status) => {
    expectInvalid(
      await api(`PATCH /users/${await newUser()}/status`, { body: { status } }),
      'status',
      BOOLEAN_RULE,
    );
  });
});
