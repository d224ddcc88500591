import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer } from '../support/expect';
import { newUser } from '../support/given';
import { LATER } from '../support/models';
import { activityOf, row } from '../support/rows';

stopClock();

describe('Preferences', () => {
  test('of a new user are the empty object', async () => {
    expectAnswer(await api(`GET /users/${await newUser()}/prefs`), 200, {});
  });

  test('are answered as the bare object, in both dialects', async () => {
    const id = await newUser();
    const prefs = { theme: 'dark', size: 12 };
    expectAnswer(await api(`PATCH /users/${id}/prefs`, { body: { prefs } }), 200, prefs);
    expectAnswer(await api(`PATCH /users/${id}/prefs`, { body: { prefs }, headers: CLASSIC }), 200, prefs);
    expectAnswer(await api(`GET /users/${id}/prefs`), 200, prefs);
    expectAnswer(await api(`GET /users/${id}/prefs`, { headers: CLASSIC }), 200, prefs);
  });

  test('are replaced whole, never merged; {} clears them', async () => {
    const id = await newUser();
    await api(`PATCH /users/${id}/prefs`, { body: { prefs: { a: 1, b: 2 } } });
    expectAnswer(await api(`PATCH /users/${id}/prefs`, { body: { prefs: { c: 3 } } }), 200, { c: 3 });
    expectAnswer(await api(`GET /users/${id}/prefs`), 200, { c: 3 });
    expectAnswer(await api(`PATCH /users/${id}/prefs`, { body: { prefs: {} } }), 200, {});
    expectAnswer(await api(`GET /users/${id}/prefs`), 200, {});
  });

  test('are part of the user', async () => {
    const id = await newUser();
    await api(`PATCH /users/${id}/prefs`, { body: { prefs: { theme: 'dark' } } });
    for (const headers of [{}, CLASSIC]) {
      expect((await api(`GET /users/${id}`, { headers })).body.prefs).toEqual({ theme: 'dark' });
    }
  });

  test('are stored as text, with one activity row that does not tell them', async () => {
    const id = await newUser();
    passTime(60_000);
    const answer = await api(`PATCH /users/${id}/prefs`, { body: { prefs: { theme: 'very dark' } } });
    expect(await row('SELECT prefs, updated_at FROM users WHERE id = ?', id)).toEqual({
      prefs: '{"theme":"very dark"}',
      updated_at: LATER.ms,
    });
    const written = await activityOf(id);
    expect(written).toMatchObject([
      { event: 'user.create' },
      { event: 'user.update', request_id: answer.headers.get('x-request-id') },
    ]);
    expect(JSON.stringify(written)).not.toContain('very dark');
  });
});

/** The text of prefs, since JavaScript itself could not tell whether a large number came back whole. */
const TEXTS = {
  'nested arrays': '{"a":[[1,[2,[3,[]]]],[{}],[[]]]}',
  'empty objects': '{"a":{},"b":{"c":{}},"d":[{},[],{}]}',
  'an integer beyond 2^53': '{"n":12345678901234567890}',
  'an integer of 308 digits': `{"n":1${'0'.repeat(307)}}`,
  'a fraction of many digits': '{"pi":3.14159265358979323846264338327950288}',
  'numbers written unusually': '{"a":1.0,"b":1E5,"c":-0,"d":0.10,"e":1e-400,"f":100000000000000000000}',
  'large numbers within arrays and objects': '{"a":[1,12345678901234567890,{"b":98765432109876543210}]}',
  emoji: '{"👩‍👩‍👧":"🏳️‍🌈","k":["😀"]}',
  'null, true and false': '{"a":null,"b":true,"c":false}',
  'an empty key and an empty text': '{"":""}',
  'keys that are numbers': '{"a":1,"b":2,"_10":3}',
  'keys of Object.prototype that SDKs can read': '{"toString":1,"hasOwnProperty":2,"valueOf":3,"length":4}',
  'text that looks like JSON, HTML or SQL': `{"a":"{\\"b\\":1}","c":"</script>","d":"'; DROP TABLE users; --"}`,
  'control characters and a NUL': '{"a":"\\u0000\\u001f\\n"}',
  'a key named rawJSON': '{"rawJSON":"1","a":{"rawJSON":"12345678901234567890"}}',
  '100 levels': `{"a":${'['.repeat(98)}${']'.repeat(98)}}`,
};

describe('Preferences come back as they went in', () => {
  test.each(Object.entries(TEXTS))('%s', async (_, text) => {
    const id = await newUser();
    const answer = await api(`PATCH /users/${id}/prefs`, { body: `{"prefs":${text}}` });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text).toBe(text);
    expect((await api(`GET /users/${id}/prefs`)).text).toBe(text);
    expect((await api(`GET /users/${id}`)).text).toContain(`"prefs":${text},`);
    expect((await api(`GET /users/${id}`, { headers: CLASSIC })).text).toContain(`"prefs":${text}}`);
  });

  test('from a form, where every value is text', async () => {
    const body = new URLSearchParams({ 'prefs[theme]': 'dark', 'prefs[list][0]': 'a' });
    const answer = await api(`PATCH /users/${await newUser()}/prefs`, { body });
    expectAnswer(answer, 200, { theme: 'dark', list: ['a'] });
  });

  test('up to 64 kB of them, as JSON in UTF-8', async () => {
    const id = await newUser();
    const prefs = { a: 'ü'.repeat((65_536 - '{"a":""}'.length) / 2) };
    expect(new TextEncoder().encode(JSON.stringify(prefs)).byteLength).toBe(65_536);
    expect((await api(`PATCH /users/${id}/prefs`, { body: { prefs } })).status).toBe(200);
    expect((await api(`GET /users/${id}/prefs`)).body).toEqual(prefs);
  });
});
