import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { expectError, expectInvalid, expectMissing } from '../support/expect';

const RULE =
  "must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char";

describe('The ID of a new user', () => {
  test('is made up for unique(): 20 lower-case hex characters, never the same', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api('POST /users', { body: { userId: 'unique()' } })),
    );
    const ids = answers.map(({ body }) => body.$id);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{20}$/);
    expect(new Set(ids).size).toBe(20);
  });

  test.each(['a', 'Z', '7', 'a.b-c_d', 'a'.repeat(36), '0'.repeat(36), 'A-', 'Usage', 'sessions'])(
    'may be %s',
    async (userId) => {
      const answer = await api('POST /users', { body: { userId } });
      expect(answer.status).toBe(201);
      expect(answer.body.$id).toBe(userId);
    },
  );

  test.each([
    '',
    'a'.repeat(37),
    '_a',
    '.a',
    '-a',
    '$a',
    'a b',
    'a/b',
    'a%',
    'ä',
    'unique( )',
    'Unique()',
    'a\n',
    'a\u0000',
    42,
    true,
    null,
    ['a'],
    { id: 'a' },
  ])('may not be %j', async (userId) => {
    expectInvalid(await api('POST /users', { body: { userId } }), 'userId', `Parameter ${RULE}`);
  });

  test('is required', async () => {
    expectMissing(await api('POST /users', { body: { name: 'Nobody' } }), 'userId');
  });

  test('is told from another that differs in case only', async () => {
    await api('POST /users', { body: { userId: 'Case' } });
    expect((await api('POST /users', { body: { userId: 'case' } })).status).toBe(201);
    expect((await api('GET /users/Case')).body.$id).toBe('Case');
    expectError(await api('GET /users/CASE'), 'user_not_found');
  });
});

describe('An ID in a path', () => {
  test.each(['_a', '-a', 'a'.repeat(37), 'a%20b', '%C3%A4', 'a%2Fb', '%00', '%E0%A4%A', '%'])(
    '%s is a 400, not a user that does not exist',
    async (id) => {
      expectInvalid(await api(`GET /users/${id}`), 'userId', `UID ${RULE}`);
    },
  );

  test('is decoded: today’s SDK encodes it', async () => {
    await api('POST /users', { body: { userId: 'de.co-d_ed' } });
    const answer = await api('GET /users/%64e%2Eco%2Dd%5Fed');
    expect(answer.status).toBe(200);
    expect(answer.body.$id).toBe('de.co-d_ed');
  });

  test('is refused where it is unique(), which only names a new one', async () => {
    expectInvalid(await api('GET /users/unique()'), 'userId', `UID ${RULE}`);
  });
});
