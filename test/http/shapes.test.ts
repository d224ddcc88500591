import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { endpoints } from '../../src/app';
import { checkInput } from '../../src/http/input';
import { parseOrderedJson } from '../../src/http/json';
import { describeApi } from '../../src/meta/root';
import { api } from '../support/api';
import { namedEndpoints, toApi, validCall } from '../support/calls';
import { expectAnswer, expectInvalid } from '../support/expect';
import { freshId, newMembership, newTeam, newUser } from '../support/given';

/*
 * What PHP makes of its arrays: an empty one is `[]` even where an object is meant, and one with gaps (after
 * `array_filter`, `array_unique`) is an object of integers even where a list is meant.
 */

const document = JSON.parse(JSON.stringify(describeApi(endpoints)));

/** What the API's description says that a parameter is. */
function kindsOf({ type, anyOf }: { type?: string; anyOf?: { type?: string }[] }): (string | undefined)[] {
  return anyOf?.map((one) => one.type) ?? [type];
}

const parameters = namedEndpoints.flatMap(([name, endpoint]) => {
  const path = `/v1${endpoint.path}`.replace(/:(\w+)/g, '{$1}').replace(/\/$/, '');
  const { requestBody, parameters = [] } = document.paths[path][endpoint.method.toLowerCase()];
  const properties = requestBody?.content['application/json'].schema.properties ?? {};
  const described = [
    ...Object.entries<Parameters<typeof kindsOf>[0]>(properties),
    ...parameters.map((one: { name: string; schema: object }) => [one.name, one.schema]),
  ];
  return described.map(([parameter, schema]) => [name, parameter, endpoint, kindsOf(schema)] as const);
});
const lists = parameters.filter(([, , , kinds]) => kinds.includes('array'));
const objects = parameters.filter(([, , , kinds]) => kinds.includes('object'));

/** Lists that usual calls have another one instead of. */
const UNUSUAL: Readonly<Record<string, readonly string[]>> = {
  userIds: ['nobody'],
  queries: ['equal("$id", "nobody")'],
};

describe('An object whose keys are all integers is a list', () => {
  test('for as many parameters as there are lists', () => {
    const names = new Set(lists.map(([, parameter]) => parameter));
    expect([...names].sort()).toEqual(['events', 'labels', 'queries', 'roles', 'scopes', 'userIds']);
  });

  test.each(lists)('for %s, %s', async (_, parameter, endpoint) => {
    const valid = await validCall(endpoint);
    if (endpoint.method === 'GET') {
      const [route, call] = toApi(endpoint, {
        ...valid,
        query: `${parameter}[3]=limit(1)&${parameter}[9]=offset(0)`,
      });
      expect((await api(route, call)).status).toBe(endpoint.status);
      return;
    }
    const given = valid.body?.[parameter] ?? UNUSUAL[parameter] ?? ['owner'];
    const [first] = Array.isArray(given) ? given : [];
    // One of the two says which users a call is about.
    const { userIds, queries, ...others } = valid.body ?? {};
    const body = parameter in UNUSUAL ? others : (valid.body ?? {});
    const [route, call] = toApi(endpoint, {
      ...valid,
      body: { ...body, [parameter]: { 4: first, 7: first } },
    });
    expect((await api(route, call)).status).toBe(endpoint.status);
  });

  test('in the order in which it was sent, in JSON', async () => {
    const id = await newUser();
    const put = (labels: string) => api(`PUT /users/${id}/labels`, { body: `{"labels":${labels}}` });
    expect((await put('{"0":"vip","2":"pro"}')).body.labels).toEqual(['vip', 'pro']);
    expect((await put('{"2":"b","0":"a","-1":"c", "10" : "d"}')).body.labels).toEqual(['b', 'a', 'c', 'd']);
    expect((await put('{}')).body.labels).toEqual([]);
  });

  test('in the order in which it was sent, in a form', async () => {
    const id = await newUser();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const put = (body: string) => api(`PUT /users/${id}/labels`, { body, headers });
    expect((await put('labels[7]=b&labels[2]=a')).body.labels).toEqual(['b', 'a']);
    expect((await put('labels%5B5000%5D=b&labels%5b0%5d=a')).body.labels).toEqual(['b', 'a']);
    expect((await put('labels[]=a&labels[0]=b&labels[]=c')).body.labels.sort()).toEqual(['a', 'b', 'c']);
    const form = new FormData();
    form.set('labels[1]', 'x');
    form.set('labels[0]', 'y');
    expect((await api(`PUT /users/${id}/labels`, { body: form })).body.labels).toEqual(['x', 'y']);
  });

  test('for the values of a query, too', async () => {
    const name = freshId('listed');
    const id = await newUser({ name });
    const query = JSON.stringify({ method: 'equal', attribute: 'name', values: { 1: 'nobody', 5: name } });
    const { body } = await api(`GET /users?queries[2]=${encodeURIComponent(query)}`);
    expect(body.users.map(({ $id }: { $id: string }) => $id)).toEqual([id]);
  });

  test('but not where one key is none', async () => {
    const id = await newUser();
    const answer = await api(`PUT /users/${id}/labels`, { body: { labels: { 0: 'a', b: 'b' } } });
    expectInvalid(answer, 'labels', /^Invalid `labels` param: Value must be an array/);
  });

  test('within lists of lists and objects, now and later', () => {
    const rows = v.array(
      v.object({ labels: v.array(v.string()), prefs: v.optional(v.record(v.string(), v.unknown())) }),
    );
    const given = { rows: { 2: { labels: { 1: 'a', 3: 'b' }, prefs: [] }, 5: { labels: [] } } };
    expect(checkInput({ rows }, given, 'body')).toEqual({
      rows: [{ labels: ['a', 'b'], prefs: {} }, { labels: [] }],
    });
  });
});

describe('An empty list is an empty object', () => {
  test('for as many parameters as there are objects', () => {
    expect(new Set(objects.map(([, parameter]) => parameter))).toEqual(new Set(['labels', 'prefs']));
  });

  test.each(objects)('for %s, %s', async (_, parameter, endpoint) => {
    const valid = await validCall(endpoint);
    const answers = [];
    for (const empty of [[], {}]) {
      const [route, call] = toApi(endpoint, { ...valid, body: { ...valid.body, [parameter]: empty } });
      const { status, text } = await api(route, call);
      answers.push([status, text]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  test('and nothing else is: within preferences, lists stay lists and objects of integers stay objects', async () => {
    const prefs = { empty: [], list: ['a'], map: { 0: 'a', 2: 'b' }, nested: { empty: [] } };
    expectAnswer(await api(`PATCH /users/${await newUser()}/prefs`, { body: { prefs } }), 200, prefs);
  });

  test('not for a list that holds something', async () => {
    const answer = await api(`PATCH /users/${await newUser()}/prefs`, { body: { prefs: ['a'] } });
    expectInvalid(answer, 'prefs', 'Value must be a valid object.');
  });

  test('an object of integers stays one where an object is meant, from a form too', async () => {
    const id = await newUser();
    expectAnswer(await api(`PATCH /users/${id}/prefs`, { body: { prefs: { 7: 'a' } } }), 200, { 7: 'a' });
    const form = new URLSearchParams([
      ['prefs[7]', 'a'],
      ['prefs[~7]', 'b'],
      ['prefs[deep][3]', 'c'],
    ]);
    expectAnswer(await api(`PATCH /users/${id}/prefs`, { body: form }), 200, {
      7: 'a',
      '~7': 'b',
      deep: { 3: 'c' },
    });
    const shielded = { '~1': 'a', '~~1': 'b', 1: 'c' };
    expectAnswer(
      await api(`PATCH /users/${id}/prefs`, { body: `{"prefs":${JSON.stringify(shielded)}}` }),
      200,
      {
        1: 'c',
        '~1': 'a',
        '~~1': 'b',
      },
    );
  });
});

test('JSON with keys of integers is read in full, whatever stands beside them', () => {
  const key = fc.oneof(
    fc.constantFrom(
      '0',
      '1',
      '-1',
      '007',
      '~1',
      '~~1',
      '__proto__',
      '~__proto__',
      'x"12',
      '\\"3":',
      '"4":',
      'a:',
      '',
    ),
    fc.string({ unit: fc.constantFrom('~', '"', '\\', '1', ':', ' ', '[') }),
  );
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(key, fc.integer(), fc.constantFrom(null, true)),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie('any')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  })).any;
  fc.assert(
    fc.property(value, (given) => {
      const text = JSON.stringify(given, null, 1);
      expect(parseOrderedJson(text)).toStrictEqual(JSON.parse(text));
    }),
    { seed: 7, numRuns: 2_000 },
  );
});

describe('What some client could not read back is refused, with the reason', () => {
  const half =
    /^Invalid `\w+` param: Value must hold whole characters only: \\ud83d is half of a surrogate pair/;
  const number = /^Invalid `prefs` param: Value must hold numbers up to 1\.79\S+e308 only: .* is larger/;
  const key =
    /^Invalid `prefs` param: Value must be an object without the key "(__proto__|constructor)" at any depth/;

  const refusedPrefs: [string, RegExp][] = [
    ['{"n":1e400}', number],
    ['{"n":-1e400}', number],
    ['{"n":[[{"m":1e309}]]}', number],
    [`{"n":1${'0'.repeat(309)}}`, number],
    ['{"a":"\\ud83d"}', half],
    ['{"a":["x",{"b":"\\ud83dx"}]}', half],
    ['{"\\ud83d":1}', half],
    ['{"a":{"b\\ud83d":1}}', half],
    ['{"__proto__":1}', key],
    ['{"a":[{"constructor":1}]}', key],
    ['{"1":{"__proto__":{}},"0":2}', key],
  ];

  test.each(refusedPrefs)('in preferences of users and teams: %s', async (text, reason) => {
    for (const path of [`PATCH /users/${await newUser()}/prefs`, `PUT /teams/${await newTeam()}/prefs`]) {
      expectInvalid(await api(path, { body: `{"prefs":${text}}` }), 'prefs', reason);
    }
  });

  test('in a form, naming the parameter', async () => {
    const path = `PATCH /users/${await newUser()}/prefs`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const body of [
      'prefs[__proto__]=1',
      'prefs[a][__proto__][b]=1',
      'prefs%5B__proto__%5D=1',
      'prefs[constructor]=1',
    ])
      expectInvalid(await api(path, { body, headers }), 'prefs', key);
    const form = new FormData();
    form.set('prefs[__proto__]', '1');
    expectInvalid(await api(path, { body: form }), 'prefs', key);
  });

  test.each([
    ['POST /users', { userId: 'unique()', name: 'a\ud83d' }, 'name'],
    ['POST /users', { userId: 'unique()', password: 'correct \ud83d horse' }, 'password'],
    ['PATCH /users/:userId/name', { name: '\ud83d' }, 'name'],
    ['PATCH /users/:userId/password', { password: 'correct \ud83d horse' }, 'password'],
    ['POST /teams', { teamId: 'unique()', name: '\ud83dx' }, 'name'],
    ['PUT /teams/:teamId', { name: '\ud83dx' }, 'name'],
    ['POST /teams/:teamId/memberships', { email: 'half@example.com', roles: ['a'], name: '\ud83d' }, 'name'],
    [
      'POST /users/:userId/targets',
      { targetId: 'unique()', providerType: 'push', identifier: '\ud83d' },
      'identifier',
    ],
    ['POST /users/:userId/identities', { provider: 'github', providerUid: '\ud83d' }, 'providerUid'],
    ['POST /project/keys', { keyId: 'unique()', name: '\ud83d', scopes: [] }, 'name'],
    [
      'POST /users/sha',
      { userId: 'unique()', email: 'h@example.com', password: 'a', name: '\ud83d' },
      'name',
    ],
    [
      'POST /users/scrypt-modified',
      {
        userId: 'unique()',
        email: 'h@example.com',
        password: 'aGFzaA==',
        passwordSalt: '\ud83d',
        passwordSaltSeparator: 'Bw==',
        passwordSignerKey: 'aGFzaA==',
      },
      'passwordSalt',
    ],
    [
      'POST /account/sessions/email',
      { email: 'h@example.com', password: 'correct \ud83d horse' },
      'password',
    ],
  ])('in %s', async (route, body, name) => {
    const path = route.replace(':userId', await newUser()).replace(':teamId', await newTeam());
    const headers = path.includes('/account/') ? { 'x-appwrite-key': null } : {};
    expectInvalid(await api(path, { body, headers }), name, half);
  });

  test('but not where digits are merely lost, or a word is no key', async () => {
    const text = '{"a":12345678901234567890,"b":1e-400,"c":"__proto__","d":"constructor","e":"😀"}';
    const answer = await api(`PATCH /users/${await newUser()}/prefs`, { body: `{"prefs":${text}}` });
    expect([answer.status, answer.text]).toEqual([200, text]);
  });
});

describe('A role', () => {
  test('may have 81 characters, as in Appwrite, and not 82', async () => {
    const [team, user] = [await newTeam(), await newUser()];
    const membership = await newMembership(team, user);
    const patch = (role: string) =>
      api(`PATCH /teams/${team}/memberships/${membership}`, { body: { roles: [role] } });
    expect((await patch('r'.repeat(81))).body.roles).toEqual(['r'.repeat(81)]);
    expectInvalid(await patch('r'.repeat(82)), 'roles', /of at most 81 chars each/);
  });
});
