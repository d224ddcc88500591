import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { expectAnswer, expectError, expectInvalid, expectMissing } from '../support/expect';
import { newUser } from '../support/given';
import { eventsOf } from '../support/rows';

const KEY_RULE =
  /^Invalid `prefs` param: Value must be an object without the key "(__proto__|constructor)" at any depth/;

/** Sends prefs as this text, and asserts that the user's own are kept. */
async function refused(text: string) {
  const id = await newUser();
  await api(`PATCH /users/${id}/prefs`, { body: { prefs: { kept: true } } });
  const answer = await api(`PATCH /users/${id}/prefs`, { body: `{"prefs":${text}}` });
  expectAnswer(await api(`GET /users/${id}/prefs`), 200, { kept: true });
  expect(await eventsOf(id)).toEqual(['user.create', 'user.update']);
  return answer;
}

describe('Preferences with a key that breaks the SDKs are refused', () => {
  test.each([
    '{"__proto__":1}',
    '{"constructor":1}',
    '{"__proto__":{"admin":true}}',
    '{"a":{"constructor":{}}}',
    '{"a":[{"b":[[{"__proto__":null}]]}]}',
    '{"\\u005f_proto__":1}',
    '{"a":1,"b":{"c":12345678901234567890,"constructor":2}}',
    '{"a":[12345678901234567890,{"__proto__":1}]}',
    `{"a":${'['.repeat(90)}{"constructor":1}${']'.repeat(90)}}`,
  ])('%s', async (text) => {
    expectInvalid(await refused(text), 'prefs', KEY_RULE);
  });

  test('from a form too', async () => {
    const id = await newUser();
    for (const body of ['prefs[constructor]=1', 'prefs[a][constructor]=1', 'prefs[__proto__][a]=1']) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await api(`PATCH /users/${id}/prefs`, { body, headers });
      expect(answer.status, `${body}: ${answer.text}`).toBe(400);
    }
    expect((await api(`GET /users/${id}/prefs`)).text).toBe('{}');
  });

  test('but not where it is a value, or part of a key', async () => {
    const id = await newUser();
    const prefs = { a: '__proto__', constructors: 1, proto: ['constructor'] };
    expectAnswer(await api(`PATCH /users/${id}/prefs`, { body: { prefs } }), 200, prefs);
  });
});

describe('Preferences that are no object are refused', () => {
  test.each(['"text"', '[1]', '["a","b"]', '42', '12345678901234567890', 'true', 'null', '""'])(
    '%s',
    async (text) => {
      expectInvalid(await refused(text), 'prefs', 'Value must be a valid object.');
    },
  );

  test('and so is a call without them', async () => {
    expectMissing(await api(`PATCH /users/${await newUser()}/prefs`, { body: { theme: 'dark' } }), 'prefs');
  });
});

describe('Preferences beyond their bounds are refused', () => {
  test.each([
    ['one byte more than 64 kB', JSON.stringify({ a: 'x'.repeat(65_536 - '{"a":""}'.length + 1) })],
    ['more than 64 kB in UTF-8, though fewer characters', JSON.stringify({ a: '😀'.repeat(17_000) })],
    ['200 kB', JSON.stringify({ a: 'x'.repeat(200_000) })],
  ])('%s', async (_, text) => {
    expectInvalid(await refused(text), 'prefs', 'Value must be an object of at most 64 kB as JSON.');
  });

  test.each([101, 1_000, 10_000])('nested %i deep', async (depth) => {
    const text = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expectInvalid(await refused(text), 'prefs', 'Value must not nest deeper than 100 levels.');
  });

  test('nested so deep that no parser reads them', async () => {
    const text = `{"a":${'['.repeat(100_000)}1e400${']'.repeat(100_000)}}`;
    const answer = await refused(text);
    expect(answer.status).toBe(400);
    expectError(answer, answer.body.type, { message: /nest/ });
  });
});
