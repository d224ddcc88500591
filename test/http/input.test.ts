import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { expectError, expectInvalid, expectMissing } from '../support/expect';
import { freshId, newUser } from '../support/given';

describe('The body of a request', () => {
  test.each(['{}', '[]', 'null', ''])('may be %j where there are no parameters', async (body) => {
    const user = await newUser();
    expect((await api(`DELETE /users/${user}/sessions`, { body })).status).toBe(204);
  });

  test('may be a URL-encoded form, whose values are text', async () => {
    const user = await newUser();
    const status = await api(`PATCH /users/${user}/status`, {
      body: new URLSearchParams({ status: 'false' }),
    });
    expect([status.status, status.body.status]).toEqual([200, false]);
    const form = new URLSearchParams([
      ['prefs[theme]', 'dark'],
      ['prefs[list][]', 'a'],
      ['prefs[list][]', 'b'],
    ]);
    const prefs = await api(`PATCH /users/${user}/prefs`, { body: form });
    expect(prefs.body).toEqual({ theme: 'dark', list: ['a', 'b'] });
  });

  test('that is a form of too many or too deep parameters is refused, not cut', async () => {
    const user = await newUser();
    const patch = (body: string) =>
      api(`PATCH /users/${user}/prefs`, {
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const many = (count: number) => Array.from({ length: count }, (_, i) => `prefs[key${i}]=${i}`).join('&');
    expect(Object.keys((await patch(many(1000))).body)).toHaveLength(1000);
    expectError(await patch(many(1001)), 'general_argument_invalid', {
      message: 'At most 1000 parameters are allowed.',
    });
    const deep = (depth: number) => `prefs${'[a]'.repeat(depth)}=1`;
    expect((await patch(deep(8))).body).toEqual(JSON.parse(`${'{"a":'.repeat(8)}"1"${'}'.repeat(8)}`));
    expectError(await patch(deep(9)), 'general_argument_invalid', {
      message: "Parameters can't be nested more than 8 deep.",
    });
  });

  test('may be a multipart form', async () => {
    const form = new FormData();
    form.set('userId', freshId('form'));
    form.set('name', 'Åsa & Co');
    expect((await api('POST /users', { body: form })).body.name).toBe('Åsa & Co');
  });

  test('is refused where it is not JSON', async () => {
    const answer = await api('POST /users', { body: '{"userId": ' });
    expectError(answer, 'general_bad_request', {
      message: 'The request body is not valid JSON: check its syntax.',
    });
  });

  test.each(['"text"', '1', '[1]', 'true'])('is refused where it is no object but %s', async (body) => {
    const answer = await api('POST /users', { body });
    expectError(answer, 'general_bad_request', { message: 'The request body must be a JSON object.' });
  });

  test('is refused where it is not UTF-8', async () => {
    const answer = await api('POST /users', { body: new Uint8Array([0x7b, 0xff, 0x7d]) });
    expectError(answer, 'general_bad_request', { message: 'The request body is not valid UTF-8.' });
  });

  test('is refused where it is not UTF-8, as a form too', async () => {
    const part = 'Content-Disposition: form-data; name="name"\r\n\r\n';
    const latin1 = Uint8Array.from(`--B\r\n${part}caf\xe9\r\n--B--\r\n`, (letter) => letter.charCodeAt(0));
    const headers = { 'content-type': 'multipart/form-data; boundary=B' };
    const answer = await api(`PATCH /users/${await newUser()}/name`, { body: latin1, headers });
    expectError(answer, 'general_bad_request', { message: 'The request body is not valid UTF-8.' });
  });

  test.each(['name=%FF', 'name=a%ED%A0%BDb', 'name=a&%C3=b'])(
    'is refused where %s hides that',
    async (body) => {
      const message = 'Parameters must be valid UTF-8.';
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await api(`PATCH /users/${await newUser()}/name`, { body, headers });
      expectError(answer, 'general_argument_invalid', { message });
      expectError(await api(`GET /users?${body}`), 'general_argument_invalid', { message });
    },
  );

  test('is read for all that a form encodes, beside a sign that is no encoding', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'name=caf%C3%A9+100%+%zz+%2B';
    const answer = await api(`PATCH /users/${await newUser()}/name`, { body, headers });
    expect(answer.body.name).toBe('café 100% %zz +');
  });

  test('that is JSON but says it is a form is told so', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await api('POST /users', { body: '{"userId": "x"}', headers });
    expectError(answer, 'general_bad_request', { message: /add the header Content-Type: application\/json/ });
  });

  test('of another type is refused', async () => {
    const answer = await api('POST /users', { body: '<user/>', headers: { 'content-type': 'text/xml' } });
    expectError(answer, 'general_content_type_unsupported');
  });

  test.each(['gzip', 'br', 'deflate, gzip', 'GZIP', 'identity, zstd', 'x'.repeat(500)])(
    'that is packed (Content-Encoding: %s) is refused by the name of how',
    async (encoding) => {
      const call = { body: { userId: 'unique()' }, headers: { 'content-encoding': encoding } };
      const named = encoding.split(', ').find((one) => one !== 'identity') ?? '';
      for (const route of ['POST /users', 'DELETE /users/nobody', 'PATCH /users/nobody/prefs'])
        expectError(await api(route, call), 'general_content_type_unsupported', {
          message: `Unsupported content encoding "${named.slice(0, 64)}". Send the body as it is.`,
        });
    },
  );

  test.each(['identity', 'Identity', '', ' '])('may say that it is not packed, as %j', async (encoding) => {
    const call = { body: { userId: 'unique()' }, headers: { 'content-encoding': encoding } };
    expect((await api('POST /users', call)).status).toBe(201);
  });

  test('over 256 kB is refused, announced or not', async () => {
    const large = JSON.stringify({ userId: 'large', name: 'x'.repeat(256 * 1024) });
    expectError(await api('POST /users', { body: large }), 'general_payload_too_large');
    const stream = new Response(large).body;
    expectError(await api('POST /users', { body: stream }), 'general_payload_too_large');
  });

  test('of a GET is not read, whatever its type', async () => {
    const user = await newUser();
    const headers = { 'content-type': 'application/json', 'content-length': '4' };
    expect((await api(`GET /users/${user}`, { headers })).status).toBe(200);
  });
});

describe('A parameter', () => {
  test('that is missing is named', async () => {
    expectMissing(await api('POST /users', { body: {} }), 'userId');
  });

  test('that is invalid is named, with what is allowed', async () => {
    const user = await newUser();
    const answer = await api(`PATCH /users/${user}/status`, { body: { status: 'maybe' } });
    expectInvalid(answer, 'status', 'Value must be a valid boolean');
    expectInvalid(
      await api('GET /users?limit=1.5'),
      'limit',
      'Value must be a valid range between 0 and 100',
    );
    expectInvalid(
      await api('GET /users?offset=5001'),
      'offset',
      'Value must be a valid range between 0 and 5,000',
    );
  });

  test('that nobody knows is ignored', async () => {
    const body = { userId: freshId(), nonsense: { deep: true } };
    expect((await api('POST /users', { body })).status).toBe(201);
    expect((await api('GET /users?nonsense=1')).status).toBe(200);
  });

  test.each([
    [true, true],
    ['true', true],
    ['1', true],
    [1, true],
    [false, false],
    ['false', false],
    ['0', false],
    [0, false],
  ])('that is a boolean may be %j', async (status, expected) => {
    const user = await newUser();
    expect((await api(`PATCH /users/${user}/status`, { body: { status } })).body.status).toBe(expected);
  });

  test('that is an integer may be text', async () => {
    const user = await newUser();
    const token = await api(`POST /users/${user}/tokens`, { body: { length: '10' } });
    expect(token.body.secret).toHaveLength(10);
  });

  test('that is empty in a query string is as good as none', async () => {
    const answer = await api('GET /users?search=&cursor=&limit=&orderType=', { headers: CLASSIC });
    expect(answer.status).toBe(200);
  });

  test('ends at its first equals sign, whatever brackets its value holds', async () => {
    const name = 'x]=[y]=z';
    const userId = await newUser({ name });
    const ids = async (query: string) =>
      (await api(`GET /users?${query}`)).body.users.map(({ $id }: { $id: string }) => $id);
    expect(await ids('search=x]=[y')).toEqual([userId]);
    expect(await ids('search=x]=[z')).toEqual([]);
    expect(await ids(`queries=equal("name",["${name}"])`)).toEqual([userId]);
    expect(await ids(`queries[]=equal("name",["${name}"])&queries[0]=limit(1)`)).toEqual([userId]);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const renamed = await api(`PATCH /users/${userId}/name`, { body: 'name=a]=b', headers: form });
    expect(renamed.body.name).toBe('a]=b');
  });

  test('in a path may be percent-encoded', async () => {
    const user = await newUser();
    expect((await api(`GET /users/%75${user.slice(1)}`)).body.$id).toBe(user);
    expectInvalid(await api('GET /users/%ff'), 'userId', /^Invalid `userId` param: UID must/);
    expectInvalid(await api('GET /users/a%2Fb'), 'userId', /^Invalid `userId` param: UID must/);
  });
});
