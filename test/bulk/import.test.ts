import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { expectError } from '../support/expect';
import { newIdentity, newKey, newMembership, newTarget, newTeam, newUser, UNLIMITED } from '../support/given';
import { fates, importBody, importRows, toLines } from '../support/importing';
import { emptyStores, eventsOf, everything, rows } from '../support/rows';

beforeEach(emptyStores);

const user = async (id: string) => (await api(`GET /users/${id}`)).body;
const ids = async () => (await rows('SELECT id FROM users ORDER BY seq')).map(({ id }) => id);

/** A row with all that there can be. */
const whole = {
  userId: 'ada',
  email: 'Ada@Example.com',
  phone: '+4915100000001',
  name: 'Ada Lovelace',
  hash: '$2b$05$abcdefghijklmnopqrstuuOToP16KV78Z9oaRd7Vc5jOMmcZVx.cS',
  algorithm: 'bcrypt',
  status: false,
  labels: ['vip', 'vip', 'early'],
  prefs: { theme: 'dark', big: 1 },
  emailVerification: true,
  phoneVerification: true,
  mfa: true,
  impersonator: true,
  registration: '2020-01-02T03:04:05.678Z',
  accessedAt: '2021-01-02T03:04:05.678+00:00',
  passwordUpdate: '2020-05-06T07:08:09.000Z',
  targets: [
    { targetId: 'phone-1', providerType: 'push', identifier: 'token', name: 'Phone', providerId: 'fcm' },
  ],
  identities: [{ identityId: 'gh', provider: 'github', providerUid: '1', providerEmail: 'ada@github.test' }],
  memberships: [{ teamId: 'analysts', roles: ['owner'], membershipId: 'm-1' }],
};

describe('POST /users/import', () => {
  test('makes a user of a row, with all that is told of it', async () => {
    await api('POST /teams', { body: { teamId: 'analysts', name: 'Analysts' } });
    const { lines, counts } = await importRows([whole]);
    expect(lines).toEqual([{ index: 0, userId: 'ada', status: 'created' }]);
    expect(counts).toEqual({ total: 1, created: 1, skipped: 0, overwritten: 0, refused: 0 });
    expect(await user('ada')).toMatchObject({
      $createdAt: '2020-01-02T03:04:05.678+00:00',
      registration: '2020-01-02T03:04:05.678+00:00',
      accessedAt: '2021-01-02T03:04:05.678+00:00',
      passwordUpdate: '2020-05-06T07:08:09.000+00:00',
      email: 'ada@example.com',
      phone: '+4915100000001',
      name: 'Ada Lovelace',
      password: whole.hash,
      hash: 'bcrypt',
      hashOptions: { type: 'bcrypt' },
      status: false,
      labels: ['vip', 'early'],
      prefs: { theme: 'dark', big: 1 },
      emailVerification: true,
      phoneVerification: true,
      mfa: true,
      impersonator: true,
    });
    const { targets } = (await api('GET /users/ada/targets')).body;
    expect(targets).toHaveLength(3);
    expect(targets).toContainEqual(
      expect.objectContaining({ $id: 'phone-1', identifier: 'token', name: 'Phone', providerId: 'fcm' }),
    );
    const { identities } = (await api('GET /users/identities')).body;
    expect(identities).toMatchObject([{ $id: 'gh', userId: 'ada', providerEmail: 'ada@github.test' }]);
    const { memberships } = (await api('GET /users/ada/memberships')).body;
    expect(memberships).toMatchObject([{ $id: 'm-1', teamId: 'analysts', roles: ['owner'], confirm: true }]);
    expect((await api('GET /teams/analysts')).body.total).toBe(1);
    expect(await eventsOf('ada')).toEqual([
      'user.create',
      'impersonator.create',
      'target.create',
      'identity.create',
      'membership.create',
    ]);
    expect((await api('GET /users?search=lovelace')).body.total).toBe(1);
  });

  test('makes an ID where none is told, and takes a row of nothing', async () => {
    const { lines } = await importRows([
      {},
      { userId: null, name: null, email: null },
      { userId: 'unique()' },
    ]);
    expect(lines.map(({ status }) => status)).toEqual(['created', 'created', 'created']);
    expect(await ids()).toEqual(lines.map(({ userId }) => userId));
    expect(lines[0].userId).toMatch(/^[0-9a-f]{20}$/);
  });

  test('hashes a password in plain text, so that its user signs in', async () => {
    await importRows([{ userId: 'ada', email: 'ada@example.com', password: 'correct horse' }]);
    const body = { email: 'ada@example.com', password: 'correct horse' };
    const answer = await api('POST /account/sessions/email', { body, env: UNLIMITED });
    expect(answer.status, answer.text).toBe(201);
  });

  test('refuses what single calls refuse, each row by itself, naming the field', async () => {
    const bad: Record<string, unknown> = {
      userId: '_no',
      email: 'nobody',
      phone: '123',
      name: 'x'.repeat(129),
      password: 'short',
      hash: '',
      status: 'maybe',
      labels: ['no-label'],
      prefs: 'text',
      emailVerification: 'x',
      registration: 'yesterday',
      targets: [{ providerType: 'fax', identifier: '1' }],
      identities: [{ provider: 'GitHub', providerUid: '1' }],
      memberships: [{ teamId: '' }],
    };
    const given = Object.entries(bad).map(([name, value]) => ({ [name]: value }));
    const { lines, counts } = await importRows([...given, { userId: 'fine' }]);
    for (const [i, name] of Object.keys(bad).entries()) {
      expect(lines[i]).toMatchObject({ status: 'refused', type: 'general_argument_invalid' });
      expect(lines[i].message).toMatch(new RegExp(`^Invalid \`${name}\` param: .`));
    }
    expect(lines[0].userId).toBe('_no');
    expect(lines[1].userId).toBeNull();
    expect(counts).toMatchObject({ created: 1, refused: given.length });
    expect(await ids()).toEqual(['fine']);
  });

  test.each([
    [{ userId: 'usage' }, 'general_argument_invalid: Invalid `userId` param: "usage" is a fixed part'],
    [{ hash: 'x' }, 'general_argument_invalid: Param "algorithm" is not optional beside a hash.'],
    [
      { hash: 'x', algorithm: 'md6' },
      'general_argument_invalid: Invalid `algorithm` param: Value must be one of (argon2,',
    ],
    [{ hash: 'x', algorithm: 'md5' }, 'general_argument_invalid: Invalid `hash` param: Must be'],
    [
      { hash: 'x', algorithm: 'scrypt' },
      'general_argument_invalid: Invalid `hashOptions.salt` param: Must be',
    ],
    [
      { hash: 'x', algorithm: 'md5', password: 'correct horse' },
      'general_argument_invalid: Invalid `hash` param: Value must not stand beside a password.',
    ],
    [
      { targets: [{ providerType: 'email', identifier: 'nobody' }] },
      'general_invalid_email: Invalid `targets[0].identifier` param: Value must be a valid email address',
    ],
    [
      { targets: [{ providerType: 'sms', identifier: '1' }] },
      'general_invalid_phone: Invalid `targets[0].identifier` param: Value must be a valid phone number',
    ],
    [
      { memberships: [{ teamId: 'a' }, { teamId: 'a' }] },
      'general_argument_invalid: Invalid `memberships` param: Two of them have the same teamId.',
    ],
    [
      { memberships: [{ teamId: 'nowhere' }] },
      'team_not_found: The team "nowhere" of `memberships` could not',
    ],
    [
      { prefs: { constructor: 1 } },
      'general_argument_invalid: Invalid `prefs` param: Value must be an object without',
    ],
  ])('refuses %j', async (row, reason) => {
    const [fate] = await fates([row]);
    expect(fate?.slice(0, reason.length)).toBe(reason);
    expect(await ids()).toEqual([]);
  });

  test('refuses what others have, by its kind, and writes the rest', async () => {
    await newUser({ userId: 'a', email: 'a@example.com', phone: '+4915100000001' });
    await newTarget('a', { targetId: 't', providerType: 'email', identifier: 'target@example.com' });
    await newTarget('a', { providerType: 'sms', identifier: '+4915100000002' });
    await newTarget('a', { identifier: 'device' });
    await newIdentity('a', {
      identityId: 'i',
      provider: 'github',
      providerUid: '1',
      providerEmail: 'id@example.com',
    });
    await newMembership(await newTeam(), 'a');
    const [{ id: membershipId }] = (await rows('SELECT id FROM memberships')) as [{ id: string }];
    await api('POST /teams', { body: { teamId: 'team', name: 'Team' } });
    const before = await ids();
    const push = (more: object) => ({ targets: [{ providerType: 'push', identifier: 'other', ...more }] });
    const account = (more: object) => ({ identities: [{ provider: 'github', providerUid: '2', ...more }] });
    const told = await fates([
      { userId: 'a' },
      { email: 'A@example.com' },
      { phone: '+4915100000001' },
      { email: 'target@example.com' },
      { phone: '+4915100000002' },
      { email: 'id@example.com' },
      push({ targetId: 't' }),
      push({ identifier: 'device' }),
      push({ providerType: 'email', identifier: 'a@example.com' }),
      account({ identityId: 'i' }),
      account({ providerUid: '1' }),
      account({ providerEmail: 'a@example.com' }),
      account({ providerEmail: 'id@example.com' }),
      { memberships: [{ teamId: 'team', membershipId }] },
      { userId: 'b', email: 'b@example.com' },
    ]);
    expect(told).toEqual([
      'user_already_exists: A user with the same ID already exists in the current project.',
      'user_already_exists: A user with the same email already exists in the current project.',
      'user_already_exists: A user with the same phone number already exists in the current project.',
      'user_already_exists: A target of another user with the same email already exists in the current project.',
      'user_already_exists: A target of another user with the same phone number already exists in the current project.',
      'user_email_already_exists: A user with the same email already exists in the current project.',
      'user_target_already_exists: One of `targets` has the ID or the identifier of another target.',
      'user_target_already_exists: One of `targets` has the ID or the identifier of another target.',
      'user_target_already_exists: One of `targets` has the ID or the identifier of another target.',
      'user_identity_already_exists: One of `identities` has the ID of another identity, or its provider and ID there.',
      'user_identity_already_exists: One of `identities` has the ID of another identity, or its provider and ID there.',
      'user_email_already_exists: The `providerEmail` of one of `identities` is an address of another user.',
      'user_email_already_exists: The `providerEmail` of one of `identities` is an address of another user.',
      'general_argument_invalid: Invalid `memberships` param: One of them has the ID of another membership.',
      'created',
    ]);
    expect(await ids()).toEqual([...before, 'b']);
  });

  test('lets the first of several rows of one file have what they claim', async () => {
    const told = await fates([
      { userId: 'a', email: 'a@example.com' },
      { userId: 'a' },
      { email: 'a@example.com' },
      {
        userId: 'b',
        phone: '+4915100000001',
        targets: [{ providerType: 'email', identifier: 'b@example.com' }],
      },
      { userId: 'c', email: 'b@example.com' },
      { userId: 'd', phone: '+4915100000001' },
      { userId: 'd', phone: '+4915100000002' },
    ]);
    expect(told.map((fate) => fate.split(':')[0])).toEqual([
      'created',
      'user_already_exists',
      'user_already_exists',
      'created',
      'user_already_exists',
      'user_already_exists',
      'created',
    ]);
    expect(await ids()).toEqual(['a', 'b', 'd']);
  });

  test.each(['fail', 'skip'])(
    'decides on a thousand rows of one address with onDuplicate=%s',
    async (mode) => {
      const same = Array.from({ length: 1_000 }, () => ({ email: 'a@example.com' }));
      const { counts } = await importRows(same, `onDuplicate=${mode}`);
      const others = mode === 'fail' ? { skipped: 0, refused: 999 } : { skipped: 999, refused: 0 };
      expect(counts).toEqual({ total: 1_000, created: 1, overwritten: 0, ...others });
    },
  );

  test('makes teams where it is told to, once, and not for a row that is refused', async () => {
    await newUser({ userId: 'there' });
    const member = (userId: string, teamId: string, more = {}) => ({
      userId,
      memberships: [{ teamId, ...more }],
    });
    const told = await fates(
      [
        member('a', 'new', { teamName: 'New Team', roles: ['owner'] }),
        member('b', 'new'),
        member('there', 'never'),
        member('c', 'plain'),
      ],
      'createTeams=true',
    );
    expect(told.map((fate) => fate.split(':')[0])).toEqual([
      'created',
      'created',
      'user_already_exists',
      'created',
    ]);
    const { teams } = (await api('GET /teams')).body;
    expect(teams).toMatchObject([
      { $id: 'new', name: 'New Team', total: 2 },
      { $id: 'plain', name: 'plain', total: 1 },
    ]);
    const events = await rows(
      "SELECT event, resource_id FROM activity WHERE event LIKE 'team.%' ORDER BY seq",
    );
    expect(events).toEqual([
      { event: 'team.create', resource_id: 'new' },
      { event: 'team.create', resource_id: 'plain' },
    ]);
  });

  test('asks for the scopes of what it writes', async () => {
    const key = await newKey(['users.write']);
    const headers = { 'x-appwrite-key': key.secret };
    await newTeam();
    const told = await fates(
      [{ memberships: [{ teamId: 'team-1' }] }, { impersonator: true }, { userId: 'fine' }],
      'createTeams=true',
      { headers },
    );
    expect(told).toEqual([
      'general_unauthorized_scope: To give `memberships` also takes the scope ["teams.write"].',
      'general_unauthorized_scope: To let a user act as others (`impersonator`) also takes the scope ["users.read"].',
      'created',
    ]);
  });

  test('takes fifty passwords in plain text in one call', async () => {
    const plain = Array.from({ length: 51 }, (_, i) => ({ userId: `u${i}`, password: `correct horse ${i}` }));
    const told = await fates(plain);
    expect(told.filter((fate) => fate === 'created')).toHaveLength(50);
    expect(told[50]).toMatch(
      /^general_argument_invalid: Invalid `password` param: one call takes at most 50/,
    );
  }, 30_000);

  test('keeps to the policy of passwords', async () => {
    const env = { PASSWORD_DICTIONARY: 'true', PASSWORD_PERSONAL_DATA: 'true' };
    const told = await fates(
      [{ password: 'password1' }, { userId: 'gracehopper', password: 'my gracehopper 1' }],
      '',
      { env },
    );
    expect(told[0]).toMatch(/one of the 10,000 most common passwords/);
    expect(told[1]).toMatch(/^password_personal_data/);
  });
});

describe('POST /users/import?onDuplicate=skip', () => {
  test('leaves who is there as they are, told by ID, e-mail or phone', async () => {
    await newUser({ userId: 'a', name: 'A', email: 'a@example.com', phone: '+4915100000001' });
    const before = await everything();
    const { lines, counts } = await importRows(
      [{ userId: 'a', name: 'B' }, { userId: 'x', email: 'a@example.com' }, { phone: '+4915100000001' }],
      'onDuplicate=skip',
    );
    expect(lines).toEqual([0, 1, 2].map((index) => ({ index, userId: 'a', status: 'skipped' })));
    expect(counts.skipped).toBe(3);
    expect(await everything()).toBe(before);
  });

  test('changes nothing when a call is repeated', async () => {
    const file = Array.from({ length: 600 }, (_, i) => ({ userId: `u${i}`, email: `u${i}@example.com` }));
    expect((await importRows(file, 'onDuplicate=skip')).counts.created).toBe(600);
    const before = await everything();
    expect((await importRows(file, 'onDuplicate=skip')).counts.skipped).toBe(600);
    expect(await everything()).toBe(before);
  });
});

describe('POST /users/import?dryRun=true', () => {
  test('answers the same lines, and writes nothing', async () => {
    await newUser({ userId: 'a', email: 'a@example.com' });
    const file = [
      { userId: 'a' },
      { userId: 'b', email: 'b@example.com', password: 'correct horse' },
      { userId: 'c', email: 'b@example.com' },
      { userId: 'b' },
      { userId: 'd', memberships: [{ teamId: 'new' }] },
      { email: 'nobody' },
      '{"userId":',
    ];
    for (const mode of ['fail', 'skip', 'overwrite']) {
      const parameters = `onDuplicate=${mode}&createTeams=true`;
      const before = await everything();
      const dry = await importRows(file, `${parameters}&dryRun=true`);
      expect(await everything()).toBe(before);
      expect(dry.lines).toEqual((await importRows(file, parameters)).lines);
      await emptyStores();
      await newUser({ userId: 'a', email: 'a@example.com' });
    }
  });
});

describe('A body of rows', () => {
  const file = [{ userId: 'a' }, { userId: 'b', name: 'Zoë "Z" 🚀 \\' }];

  test.each([
    ['LF', toLines(file)],
    ['CRLF', toLines(file).replaceAll('\n', '\r\n')],
    ['no line end at the end', toLines(file).trimEnd()],
    ['a byte order mark', `\ufeff${toLines(file)}`],
    ['blank lines', `\n\n${toLines(file).replaceAll('\n', '\n  \r\n')}`],
  ])('may have %s', async (_, body) => {
    const answer = await importBody(body);
    expect(JSON.parse(answer.text.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      total: 2,
      created: 2,
    });
    expect((await user('b')).name).toBe('Zoë "Z" 🚀 \\');
  });

  test.each([
    ['as JSON.stringify writes it', JSON.stringify(file)],
    ['with white space', `\r\n ${JSON.stringify(file, null, 2)} \n`],
    ['with a byte order mark', `\ufeff${JSON.stringify(file)}`],
    ['of brackets in texts', JSON.stringify([...file, { name: '}],{["\\"' }])],
  ])('may be a JSON array %s', async (_, body) => {
    const answer = await importBody(body, '', { headers: { 'content-type': 'application/json' } });
    expect(answer.status, answer.text).toBe(200);
    expect((await user('b')).name).toBe('Zoë "Z" 🚀 \\');
  });

  test('may come in pieces, cut within a character', async () => {
    const bytes = new TextEncoder().encode(toLines(file));
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    expect((await importBody(body)).status).toBe(200);
    expect((await user('b')).name).toBe('Zoë "Z" 🚀 \\');
  });

  test('may be empty', async () => {
    for (const [type, body] of [
      ['application/x-ndjson', ''],
      ['application/json', '[]'],
    ]) {
      const answer = await importBody(body, '', { headers: { 'content-type': type ?? '' } });
      expect(answer.text).toBe('{"total":0,"created":0,"skipped":0,"overwritten":0,"refused":0}\n');
    }
  });

  test('has a line refused that is no JSON object, and the others taken', async () => {
    const told = await fates(['{"userId":', '[]', '"text"', 'null', { userId: 'a' }, '{"userId":"b"} x']);
    const broken = 'general_bad_request: The line is not valid JSON: check its syntax.';
    const other = 'general_bad_request: A row must be a JSON object.';
    expect(told).toEqual([broken, other, other, other, 'created', broken]);
  });

  test('has a row refused that is larger than 1 MB', async () => {
    const told = await fates([{ userId: 'a', name: 'x'.repeat(1024 * 1024) }, { userId: 'b' }]);
    expect(told).toEqual(['general_payload_too_large: The row is larger than 1 MB.', 'created']);
  });

  test.each([
    ['UTF-16 with a mark', new Uint8Array([0xff, 0xfe, ...utf16(toLines(file))]), 'application/x-ndjson'],
    ['UTF-16 without one', utf16(toLines(file)), 'application/x-ndjson'],
    [
      'Latin-1',
      new Uint8Array([...'{"name":"Zo'].map(code).concat(0xeb, ...[...'"}'].map(code))),
      'application/x-ndjson',
    ],
    ['UTF-8 cut within a character', new Uint8Array([0x7b, 0xc3]), 'application/x-ndjson'],
  ])('is refused whole in %s', async (_, body, type) => {
    const answer = await importBody(body, '', { headers: { 'content-type': type } });
    expectError(answer, 'general_bad_request', { message: 'The request body is not valid UTF-8.' });
    expect(await ids()).toEqual([]);
  });

  test.each([
    '[',
    '[{"userId":"a"}',
    '[{"userId":"a"},]',
    '[,]',
    '[{"userId":"a"}]x',
    '[{"userId":"a"}}',
    '[{"userId":a}]',
    '{"userId":"a"',
    '',
  ])('is refused whole where it is called JSON and is %s', async (body) => {
    const answer = await importBody(body, '', { headers: { 'content-type': 'application/json' } });
    expectError(answer, 'general_bad_request', {
      message: 'The request body is not valid JSON: check its syntax.',
    });
    expect(await ids()).toEqual([]);
  });

  test('is refused whole where it is JSON, and no array', async () => {
    const answer = await importBody('{"userId":"a"}', '', {
      headers: { 'content-type': 'application/json' },
    });
    const message = 'The request body must be a JSON array of rows, or rows as NDJSON.';
    expectError(answer, 'general_bad_request', { message });
  });

  test('is refused whole with more than 1,000 rows', async () => {
    const answer = await importBody(toLines(Array.from({ length: 1_001 }, (_, i) => ({ userId: `u${i}` }))));
    expectError(answer, 'general_argument_invalid', {
      message: 'At most 1,000 rows are allowed in one call.',
    });
    expect(await ids()).toEqual([]);
  });

  test.each([true, false])('is refused whole with 9 MB, its length told: %s', async (isTold) => {
    const body = toLines(
      Array.from({ length: 900 }, (_, i) => ({ userId: `u${i}`, name: 'x'.repeat(10_500) })),
    );
    const stream = new Response(body).body;
    const answer = await importBody(isTold ? body : stream);
    expectError(answer, 'general_payload_too_large', { message: 'The request body is larger than 8 MB.' });
    expect(await ids()).toEqual([]);
  });

  test.each([['text/csv'], ['application/x-www-form-urlencoded'], ['multipart/form-data; boundary=x']])(
    'is refused as %s',
    async (type) => {
      const answer = await importBody('userId\na\n', '', { headers: { 'content-type': type } });
      const message = 'Unsupported content type. Send application/x-ndjson or application/json.';
      expectError(answer, 'general_content_type_unsupported', { message });
    },
  );
});

function code(letter: string): number {
  return letter.charCodeAt(0);
}

function utf16(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    [...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
  );
}
