import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

/*
 * `npm run import` and `npm run export` against the running Worker: fixtures/ has a file in the form of each source, made up
 * by us.
 */

const endpoint = inject('endpoint');
const key = inject('rootKey');
const PASSWORD = 'correct horse';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'moving-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const fixture = (name: string) => resolve('test/sdk/fixtures', name);

/** A copy of a fixture, beside which a command may write. */
function copy(name: string): string {
  const path = join(home, name);
  writeFileSync(path, readFileSync(fixture(name)));
  return path;
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command as npm does. @param onOutput may end it */
function run(
  script: 'import' | 'export',
  args: readonly string[],
  {
    env = {},
    onStart,
  }: { env?: NodeJS.ProcessEnv; onStart?: (kill: (signal: NodeJS.Signals) => void) => void } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [`scripts/${script}.ts`, ...args], {
    env: { ...process.env, EDGE_USERS_ENDPOINT: endpoint, EDGE_USERS_KEY: key, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  onStart?.((signal) => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

const headers = {
  'x-appwrite-project': 'default',
  'x-appwrite-key': key,
  'content-type': 'application/json',
};

// biome-ignore lint/suspicious/noExplicitAny: a test asserts on it as a client without types would.
async function api(path: string, init: RequestInit = {}): Promise<any> {
  const answer = await fetch(`${endpoint}${path}`, { headers, ...init });
  return answer.status === 204 ? null : answer.json();
}

const user = (id: string) => api(`/users/${id}`);

async function signsIn(email: string, password: string): Promise<boolean> {
  const body = JSON.stringify({ email, password });
  const answer = await fetch(`${endpoint}/account/sessions/email`, {
    method: 'POST',
    headers: { 'x-appwrite-project': 'default', 'content-type': 'application/json' },
    body,
  });
  return answer.status === 201;
}

const identitiesOf = async (id: string) => {
  const query = encodeURIComponent(JSON.stringify({ method: 'equal', attribute: 'userId', values: [id] }));
  const { identities } = await api(`/users/identities?queries[]=${query}`);
  return identities.map(({ provider, providerUid }: Record<string, string>) => [provider, providerUid]);
};

const refusedOf = (path: string) =>
  readFileSync(`${path}.refused.ndjson`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('npm run import', () => {
  test('takes a Firebase export with its scrypt', async () => {
    const path = copy('firebase.json');
    const keys = [
      ...[
        '--signer-key',
        'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
      ],
      ...['--salt-separator', 'Bw=='],
    ];
    const told = await run('import', [path, '--from', 'firebase']);
    expect([told.code, told.output]).toEqual([
      1,
      expect.stringContaining('give --signer-key and --salt-separator'),
    ]);
    const { code, output } = await run('import', [path, '--from', 'firebase', ...keys]);
    expect(output).toContain('2 created, 0 skipped, 0 overwritten, 1 refused');
    expect(code).toBe(2);
    expect(await user('fbAda00000000000000000000001')).toMatchObject({
      email: 'fb-ada@example.com',
      emailVerification: true,
      phone: '+4915155500001',
      phoneVerification: true,
      name: 'Ada, "the first" ]}',
      hash: 'scryptMod',
      registration: '2020-01-01T00:00:00.000+00:00',
      prefs: { photoUrl: 'https://img.example/ada.png', claims: { admin: true } },
    });
    expect(await identitiesOf('fbAda00000000000000000000001')).toEqual([['google', '117000000000000000001']]);
    expect(await signsIn('fb-ada@example.com', 'user1password')).toBe(true);
    expect(await user('custom-uid-with-signs')).toMatchObject({ status: false });
    expect(refusedOf(path)).toMatchObject([{ _error: { message: expect.stringContaining('no localId') } }]);
  });

  test('refuses costs of Firebase that can not be verified', async () => {
    const { code, output } = await run('import', [
      fixture('firebase.json'),
      '--from',
      'firebase',
      '--rounds',
      '7',
    ]);
    expect([code, output]).toEqual([1, expect.stringContaining('can not be verified')]);
  });

  test('takes an Auth0 export with its file of passwords', async () => {
    const path = copy('auth0.ndjson');
    const { code, output } = await run('import', [
      path,
      '--from',
      'auth0',
      '--hashes',
      fixture('auth0-hashes.ndjson'),
    ]);
    expect(output).toContain('2 created, 0 skipped, 0 overwritten, 2 refused');
    expect(code).toBe(2);
    expect(await user('5f7c8ec7c33c6c004bbafe82')).toMatchObject({
      email: 'a0-ada@example.com',
      name: 'Ada Lovelace',
      emailVerification: true,
      hash: 'bcrypt',
      prefs: { plan: 'pro', picture: 'https://img.example/ada.png', app_metadata: { roles: ['admin'] } },
      accessedAt: '2021-03-01T12:00:00.000+00:00',
    });
    expect(await signsIn('a0-ada@example.com', PASSWORD)).toBe(true);
    const google = 'google-oauth2-103547991597142817347';
    expect(await user(google)).toMatchObject({ name: 'Grace Hopper', status: false });
    expect(await identitiesOf(google)).toEqual([['google', '103547991597142817347']]);
  });

  test("takes the CSV of Clerk's dashboard", async () => {
    const path = copy('clerk.csv');
    const { output } = await run('import', [path, '--from', 'clerk']);
    expect(output).toContain('2 created, 0 skipped, 0 overwritten, 1 refused');
    expect(output).toContain('could not come along: 1 × authenticator app');
    expect(output).toContain('could not come along: 1 × password hashed by pbkdf2_sha256_django');
    const ada = await user('user_2clerkAda0000000000000001');
    expect(ada).toMatchObject({
      name: 'Ada Lovelace, Countess',
      emailVerification: true,
      phoneVerification: true,
      prefs: { username: 'ada' },
    });
    expect(ada.targets.map(({ identifier }: { identifier: string }) => identifier).sort()).toEqual([
      '+4915155500002',
      'ck-ada@example.com',
      'ck-ada@work.example',
    ]);
    expect(await signsIn('ck-ada@example.com', PASSWORD)).toBe(true);
    expect(await user('user_2clerkGrace00000000000002')).toMatchObject({ name: 'grace', password: null });
  });

  test('takes auth.users and auth.identities of Supabase as CSV', async () => {
    const path = copy('supabase.csv');
    const args = [path, '--from', 'supabase', '--identities', fixture('supabase-identities.csv')];
    const { code, output } = await run('import', args);
    expect(output).toContain('2 created, 0 skipped, 0 overwritten, 0 refused');
    expect(output).toContain('1 × user that was deleted already');
    expect(code).toBe(0);
    const ada = '5b1f6d3e-7b0a-4d6e-9a51-0f1f5b0c1a01';
    expect(await user(ada)).toMatchObject({
      email: 'sb-ada@example.com',
      phone: '+4915155500003',
      name: 'Ada Lovelace',
      emailVerification: true,
      phoneVerification: true,
      registration: '2021-05-01T09:00:00.500+00:00',
      prefs: { full_name: 'Ada Lovelace', theme: 'dark' },
    });
    expect(await identitiesOf(ada)).toEqual([['github', '583231']]);
    expect(await signsIn('sb-ada@example.com', PASSWORD)).toBe(true);
    expect(await user('5b1f6d3e-7b0a-4d6e-9a51-0f1f5b0c1a02')).toMatchObject({ status: false });
  });

  test('takes the tables of better-auth, whose passwords go on working in any spelling', async () => {
    const path = copy('better-auth.json');
    const { code, output } = await run('import', [path, '--from', 'better-auth', '--create-teams']);
    expect(output).toContain('2 created, 0 skipped, 0 overwritten, 0 refused');
    expect(code).toBe(0);
    const ada = 'baAda0000000000000000000000000001';
    expect(await user(ada)).toMatchObject({
      name: 'Ada',
      labels: ['admin'],
      emailVerification: true,
      hash: 'scrypt',
      registration: '2024-02-03T04:05:06.000+00:00',
    });
    const { memberships } = await api(`/users/${ada}/memberships`);
    expect(memberships).toMatchObject([
      { teamId: 'baOrg1', teamName: 'Analysts', roles: ['owner', 'admin'] },
    ]);
    expect(await identitiesOf(ada)).toEqual([['github', '583232']]);
    // With the ligature, which is two letters in NFKC; the sign-in makes the hash one of ours, as it was typed.
    expect(await signsIn('ba-ada@example.com', 'pässword xine')).toBe(false);
    expect(await signsIn('ba-ada@example.com', 'pässword \ufb01ne')).toBe(true);
    expect((await user(ada)).hash).toBe('argon2');
    expect(await user('baGrace000000000000000000000000002')).toMatchObject({ status: false });
  });

  test('takes CSV of our own, and again what was refused once it is corrected', async () => {
    const path = copy('own.csv');
    const { code, output } = await run('import', [path]);
    expect([code, output]).toEqual([
      2,
      expect.stringContaining('2 created, 0 skipped, 0 overwritten, 2 refused'),
    ]);
    expect(await user('own-csv-1')).toMatchObject({ name: '=1+1', labels: ['vip'], prefs: { a: 1 } });
    expect(await user('own-csv-2')).toMatchObject({ name: "'t Hooft" });
    const refused = `${path}.refused.ndjson`;
    const [wrong, broken] = refusedOf(path);
    expect(wrong).toMatchObject({ userId: 'own-csv-3', _error: { type: 'general_argument_invalid' } });
    expect(broken).toMatchObject({
      _source: { userId: 'own-csv-4' },
      _error: { message: expect.any(String) },
    });
    writeFileSync(
      refused,
      `${JSON.stringify({ ...wrong, email: 'own-csv-3@example.com' })}\n${JSON.stringify(broken)}\n`,
    );
    const again = await run('import', [refused]);
    expect(again.output).toContain('1 created, 0 skipped, 0 overwritten, 1 refused');
    expect((await user('own-csv-3')).email).toBe('own-csv-3@example.com');
    expect(existsSync(`${path}.checkpoint.json`)).toBe(false);
  });

  test('writes nothing in a dry run, and tells what would be', async () => {
    const path = join(home, 'dry.ndjson');
    writeFileSync(path, '{"userId":"dry-1"}\n{"email":"nobody"}\n');
    const { code, output } = await run('import', [path, '--dry-run']);
    expect([code, output]).toEqual([
      2,
      expect.stringContaining('Would be: 1 created, 0 skipped, 0 overwritten, 1 refused'),
    ]);
    expect((await user('dry-1')).code).toBe(404);
    expect(existsSync(`${path}.refused.ndjson`)).toBe(false);
  });

  test.each(['SIGINT', 'SIGKILL'] as const)(
    'goes on where %s ended it, with each user once',
    async (signal) => {
      const path = join(home, `${signal}.ndjson`);
      const rows = Array.from({ length: 6_000 }, (_, i) => JSON.stringify({ name: `${signal} ${i}` }));
      writeFileSync(path, `${rows.join('\n')}\n`);
      const ended = await run('import', [path], {
        onStart: (kill) => {
          // Once something is through.
          const timer = setInterval(() => {
            const notes = existsSync(`${path}.checkpoint.json`)
              ? readFileSync(`${path}.checkpoint.json`, 'utf8')
              : '{}';
            if (!(JSON.parse(notes).done > 0)) return;
            clearInterval(timer);
            kill(signal);
          }, 5);
        },
      });
      expect(ended.code).not.toBe(0);
      const again = await run('import', [path]);
      expect(again.output).toMatch(/Going on behind [\d,]+ users/);
      expect([again.code, again.output]).toEqual([0, expect.stringContaining('0 overwritten, 0 refused')]);
      const names = new Map<string, number>();
      const out = join(home, `${signal}.out.ndjson`);
      await run('export', [out, '--search', signal]);
      for (const line of readFileSync(out, 'utf8').trimEnd().split('\n')) {
        const { name } = JSON.parse(line);
        names.set(name, (names.get(name) ?? 0) + 1);
      }
      expect([names.size, Math.max(...names.values())]).toEqual([6_000, 1]);
    },
    120_000,
  );

  test('says what is missing', async () => {
    for (const [args, message] of [
      [[], 'npm run import -- FILE --from'],
      [[join(home, 'nowhere.ndjson')], 'There is no file'],
      [[fixture('own.csv'), '--from', 'okta'], '--from must be one of'],
      [[fixture('own.csv'), '--on-duplicate', 'perhaps'], '--on-duplicate must be'],
      [[copy('own.csv'), '--key', 'wrong'], 'The current user is not authorized'],
      [['--from', 'appwrite'], 'Give --source-endpoint'],
    ] as const) {
      const { code, output } = await run('import', args, { env: { APPWRITE_API_KEY: '' } });
      expect([args, code, output]).toEqual([args, 1, expect.stringContaining(message)]);
    }
  });
});

describe('npm run import -- --from appwrite', () => {
  let server: Server;
  let address = '';
  const USERS = Array.from({ length: 130 }, (_, i) => ({
    $id: `aw-${i}`,
    name: `Appwrite ${i}`,
    email: `aw-${i}@example.com`,
    phone: '',
    password: i === 0 ? '$2b$05$abcdefghijklmnopqrstuuOToP16KV78Z9oaRd7Vc5jOMmcZVx.cS' : '',
    hash: i === 0 ? 'bcrypt' : 'argon2',
    hashOptions: i === 0 ? { type: 'bcrypt', cost: 5 } : {},
    registration: '2023-01-02T03:04:05.000+00:00',
    passwordUpdate: '2023-02-02T03:04:05.000+00:00',
    status: i !== 1,
    labels: ['moved'],
    prefs: { i },
    emailVerification: true,
    phoneVerification: false,
    mfa: i === 2,
    accessedAt: '',
    targets: [
      {
        $id: `aw-own-${i}`,
        name: '',
        providerType: 'email',
        providerId: null,
        identifier: `aw-${i}@example.com`,
        expired: false,
      },
      {
        $id: `aw-push-${i}`,
        name: 'Phone',
        providerType: 'push',
        providerId: 'fcm',
        identifier: `token-${i}`,
        expired: false,
      },
    ],
  }));
  const lists: Record<string, [name: string, rows: readonly { $id: string }[]]> = {
    '/v1/users': ['users', USERS],
    '/v1/users/identities': [
      'identities',
      [
        { $id: 'aw-i', userId: 'aw-0', provider: 'Github', providerUid: '42', providerEmail: '' } as {
          $id: string;
        },
      ],
    ],
    '/v1/teams': [
      'teams',
      [
        { $id: 'aw-team', name: 'Movers', prefs: { color: 'red' } } as { $id: string },
        { $id: 'aw-empty', name: 'Empty', prefs: {} } as { $id: string },
      ],
    ],
    '/v1/teams/aw-team/memberships': [
      'memberships',
      [
        {
          $id: 'aw-m',
          userId: 'aw-0',
          teamId: 'aw-team',
          teamName: 'Movers',
          roles: ['owner'],
          confirm: true,
        } as { $id: string },
      ],
    ],
    '/v1/teams/aw-empty/memberships': ['memberships', []],
  };

  beforeAll(async () => {
    // As Appwrite's server: pages by cursor, for whoever has the key.
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const [name, rows] = lists[url.pathname] ?? ['nothing', []];
      const queries = url.searchParams.getAll('queries[]').map((text) => JSON.parse(text));
      const value = (method: string) => queries.find((query) => query.method === method)?.values[0];
      const after = rows.findIndex(({ $id }) => $id === value('cursorAfter')) + 1;
      const isAllowed = request.headers['x-appwrite-key'] === 'source-key' && request.method === 'GET';
      response.writeHead(isAllowed ? 200 : 401, { 'content-type': 'application/json' });
      const page = { total: rows.length, [name]: rows.slice(after, after + value('limit')) };
      response.end(JSON.stringify(isAllowed ? page : { message: 'no such key', type: 'user_unauthorized' }));
    });
    await new Promise<void>((resolve) => server.listen(0, () => resolve()));
    const bound = server.address();
    address = typeof bound === 'object' && bound !== null ? `http://localhost:${bound.port}/v1` : '';
  });
  afterAll(() => server.close());

  test('takes users, teams, memberships, targets, identities and hashes of a live project', async () => {
    const env = {
      APPWRITE_ENDPOINT: address,
      APPWRITE_PROJECT_ID: join(home, 'source'),
      APPWRITE_API_KEY: 'source-key',
    };
    const { code, output } = await run('import', ['--from', 'appwrite'], { env });
    expect(output).toContain('130 created, 0 skipped, 0 overwritten, 0 refused');
    expect(output).toContain('1 × second factor');
    expect(code).toBe(0);
    const first = await user('aw-0');
    expect(first).toMatchObject({
      name: 'Appwrite 0',
      hash: 'bcrypt',
      password: '$2b$05$abcdefghijklmnopqrstuuOToP16KV78Z9oaRd7Vc5jOMmcZVx.cS',
      passwordUpdate: '2023-02-02T03:04:05.000+00:00',
      registration: '2023-01-02T03:04:05.000+00:00',
      labels: ['moved'],
      prefs: { i: 0 },
    });
    expect(first.targets.map(({ identifier }: { identifier: string }) => identifier).sort()).toEqual([
      'aw-0@example.com',
      'token-0',
    ]);
    expect(await identitiesOf('aw-0')).toEqual([['github', '42']]);
    expect((await api('/users/aw-0/memberships')).memberships).toMatchObject([
      { $id: 'aw-m', roles: ['owner'] },
    ]);
    expect(await api('/teams/aw-team/prefs')).toEqual({ color: 'red' });
    expect((await api('/teams/aw-empty')).name).toBe('Empty');
    expect(await user('aw-1')).toMatchObject({ status: false });
    expect((await user('aw-129')).name).toBe('Appwrite 129');
  });

  test('tells what the source refuses', async () => {
    const env = { APPWRITE_ENDPOINT: address, APPWRITE_PROJECT_ID: 'source', APPWRITE_API_KEY: 'wrong' };
    const { code, output } = await run('import', ['--from', 'appwrite', '--dry-run'], { env });
    expect([code, output]).toEqual([1, expect.stringContaining('no such key')]);
  });
});

describe('npm run export', () => {
  test.each(['ndjson', 'csv'])('writes %s that an import takes', async (format) => {
    const path = join(home, `out.${format}`);
    const query = JSON.stringify({ method: 'startsWith', attribute: '$id', values: ['aw-1'] });
    const { code, output } = await run('export', [path, '--query', query]);
    expect([code, output]).toEqual([0, expect.stringContaining('41 users in')]);
    const there = await run('export', [path, '--query', query]);
    expect([there.code, there.output]).toEqual([1, expect.stringContaining('is there already')]);
    const again = await run('import', [path, '--on-duplicate', 'skip']);
    expect(again.output).toContain('0 created, 41 skipped, 0 overwritten, 0 refused');
    const over = await run('import', [path, '--on-duplicate', 'overwrite']);
    expect(over.output).toContain('0 created, 0 skipped, 41 overwritten, 0 refused');
    const after = join(home, `after.${format}`);
    await run('export', [after, '--query', query]);
    expect(readFileSync(after, 'utf8')).toBe(readFileSync(path, 'utf8'));
  });

  test('goes on behind the last row that is whole', async () => {
    const whole = join(home, 'whole.csv');
    const cut = join(home, 'cut.csv');
    await run('export', [whole, '--search', 'Appwrite']);
    const text = readFileSync(whole, 'utf8');
    const lines = text.split('\r\n');
    const part = `${lines.slice(0, 51).join('\r\n')}\r\n`;
    writeFileSync(cut, part);
    const { file, ...rest } = { file: cut, format: 'csv', queries: [], search: 'Appwrite' };
    const notes = {
      of: JSON.stringify([endpoint, { file, ...rest }]),
      cursor: lines[50]?.split(',')[0],
      bytes: Buffer.byteLength(part),
      users: 50,
    };
    writeFileSync(`${cut}.checkpoint.json`, JSON.stringify(notes));
    appendFileSync(cut, 'half a ro');
    const { code, output } = await run('export', [cut, '--search', 'Appwrite']);
    expect([code, output]).toEqual([0, expect.stringContaining('Going on behind 50 users')]);
    expect(readFileSync(cut, 'utf8')).toBe(text);
    expect(existsSync(`${cut}.checkpoint.json`)).toBe(false);
  });
});
