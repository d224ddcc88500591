import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { stopClock } from '../support/clock';
import { fates, importBody, importRows, toLines } from '../support/importing';
import { importBody as hashBody, importRoute, knownHash } from '../support/imports';
import { emptyStores, everything, rows } from '../support/rows';

/* What must hold of any directory, whatever is in it. The clock stands, so that times are the same. */

stopClock();
beforeEach(emptyStores);

const TEAMS = ['red', 'green'];
const ALGORITHMS = ['argon2', 'bcrypt', 'md5', 'phpass', 'sha', 'scrypt', 'scryptMod'] as const;

const some = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-z]{1,6}$/);
const name = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .filter((text) => !text.includes('\0') && text.isWellFormed());
const prefs = fc
  .dictionary(
    word,
    fc.oneof(fc.integer(), name, fc.boolean(), fc.constant(null), fc.array(fc.integer(), { maxLength: 2 })),
    { maxKeys: 3 },
  )
  .map((made) => ({ ...made }));

/** A row whose own things are told from any other's by where it stands. */
const anyRow = (i: number) =>
  fc
    .record(
      {
        name: some(name),
        hasEmail: fc.boolean(),
        hasPhone: fc.boolean(),
        algorithm: some(fc.constantFrom(...ALGORITHMS)),
        status: some(fc.boolean()),
        labels: some(fc.uniqueArray(word, { maxLength: 3 })),
        prefs: some(prefs),
        emailVerification: some(fc.boolean()),
        phoneVerification: some(fc.boolean()),
        mfa: some(fc.boolean()),
        impersonator: some(fc.boolean()),
        ownName: some(word),
        devices: fc.integer({ min: 0, max: 2 }),
        accounts: fc.integer({ min: 0, max: 2 }),
        teams: fc.subarray(TEAMS),
      },
      { requiredKeys: ['hasEmail', 'hasPhone', 'devices', 'accounts', 'teams'] },
    )
    .map(({ hasEmail, hasPhone, algorithm, ownName, devices, accounts, teams, ...fields }) => {
      // The import of a hash takes an address, as single calls do.
      const email = hasEmail || algorithm !== undefined ? { email: `u${i}@example.com` } : {};
      return {
        userId: `u${i}`,
        ...email,
        ...(hasPhone ? { phone: `+49151${String(i).padStart(8, '0')}` } : {}),
        ...fields,
        algorithm,
        // What its user, or a server, has called the target of the own address.
        own:
          ownName !== undefined && 'email' in email ? { identifier: email.email, name: ownName } : undefined,
        targets: numbers(devices).map((n) => ({
          targetId: `t-${i}-${n}`,
          providerType: 'push',
          identifier: `device-${i}-${n}`,
          name: `Device ${n}`,
        })),
        identities: numbers(accounts).map((n) => ({
          identityId: `i-${i}-${n}`,
          provider: 'github',
          providerUid: `${i}-${n}`,
          ...(n === 1 ? { providerEmail: `u${i}@work.example` } : {}),
        })),
        memberships: teams.map((teamId) => ({ teamId, roles: ['owner'] })),
      };
    });

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
type Made = typeof anyRow extends (i: number) => fc.Arbitrary<infer Row> ? Row : never;

const directory: fc.Arbitrary<Made[]> = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => fc.tuple(...numbers(count).map(anyRow)));

async function makeTeams(): Promise<void> {
  for (const teamId of TEAMS) await api('POST /teams', { body: { teamId, name: teamId } });
}

/** The row as an import takes it: by `hashOptions`, where single calls have parameters. */
function importRow({ algorithm, own, ...told }: Made) {
  const ofOwn = own === undefined ? [] : [{ providerType: 'email', ...own }];
  const row = { ...told, targets: [...ofOwn, ...told.targets] };
  if (algorithm === undefined) return row;
  const { password: hash, ...parameters } = hashBody(knownHash(algorithm));
  const names: Record<string, string> = {
    passwordVersion: 'version',
    passwordSalt: 'salt',
    passwordSaltSeparator: 'saltSeparator',
    passwordSignerKey: 'signerKey',
    passwordCpu: 'costCpu',
    passwordMemory: 'costMemory',
    passwordParallel: 'costParallel',
    passwordLength: 'length',
  };
  const hashOptions = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [names[name] ?? name, value]),
  );
  return { ...row, hash, algorithm, hashOptions };
}

const done = async (route: string, body: object) => {
  const answer = await api(route, { body });
  expect(answer.status, `${route}: ${answer.text}`).toBeLessThan(300);
};

/** The same user by single calls. */
async function makeOneByOne({ algorithm, own, ...row }: Made): Promise<void> {
  const { userId, email, phone, name } = row;
  const path = `/users/${userId}`;
  if (algorithm === undefined) await done('POST /users', { userId, email, phone, name });
  else {
    await done(importRoute(algorithm), { userId, email, name, ...hashBody(knownHash(algorithm)) });
    if (phone !== undefined) await done(`PATCH ${path}/phone`, { number: phone });
  }
  const { emailVerification, phoneVerification, labels, prefs, mfa, impersonator, status } = row;
  if (emailVerification !== undefined) await done(`PATCH ${path}/verification`, { emailVerification });
  if (phoneVerification !== undefined) await done(`PATCH ${path}/verification/phone`, { phoneVerification });
  if (labels !== undefined) await done(`PUT ${path}/labels`, { labels });
  if (prefs !== undefined) await done(`PATCH ${path}/prefs`, { prefs });
  if (mfa !== undefined) await done(`PATCH ${path}/mfa`, { mfa });
  if (impersonator !== undefined) await done(`PATCH ${path}/impersonator`, { impersonator });
  if (own !== undefined) {
    const { targets } = (await api(`GET ${path}/targets`)).body;
    const { $id } = targets.find(({ identifier }: typeof own) => identifier === own.identifier);
    await done(`PATCH ${path}/targets/${$id}`, { name: own.name });
  }
  for (const target of row.targets) await done(`POST ${path}/targets`, target);
  for (const identity of row.identities) await done(`POST ${path}/identities`, identity);
  for (const { teamId, roles } of row.memberships)
    await done(`POST /teams/${teamId}/memberships`, { userId, roles });
  if (status !== undefined) await done(`PATCH ${path}/status`, { status });
}

/** Everything that the API answers of a directory. IDs that the service made are all alike. */
async function answers(made: readonly Made[]): Promise<string> {
  const texts = [];
  const ask = async (path: string) => texts.push((await api(`GET ${path}`)).text);
  await ask('/users');
  await ask('/users?search=example');
  await ask('/users/identities');
  await ask('/teams');
  for (const teamId of TEAMS) await ask(`/teams/${teamId}/memberships`);
  for (const { userId } of made) {
    for (const part of ['', '/prefs', '/targets', '/memberships', '/sessions', '/mfa/factors'])
      await ask(`/users/${userId}${part}`);
    const [one] = await rows('SELECT name_key, password_history FROM users WHERE id = ?', userId);
    texts.push(JSON.stringify(one));
  }
  return texts.join('\n').replaceAll(/"[0-9a-f]{20}"/g, '"an ID"');
}

const exported = async () => (await api('GET /users/export')).text;
/** What an import makes anew: the IDs of own targets are none of them, since a row has none. */
const RUNS = { numRuns: 25, seed: 20_261_125 };

test('An import is the same as the users made one by one: every answer of the API is', async () => {
  await fc.assert(
    fc.asyncProperty(directory, async (made) => {
      await emptyStores();
      await makeTeams();
      for (const row of made) await makeOneByOne(row);
      const single = await answers(made);
      await emptyStores();
      await makeTeams();
      expect(await fates(made.map(importRow))).toEqual(made.map(() => 'created'));
      expect(await answers(made)).toBe(single);
    }),
    RUNS,
  );
}, 120_000);

test('What is exported, imported and exported again is equal to the byte', async () => {
  await fc.assert(
    fc.asyncProperty(directory, async (made) => {
      await emptyStores();
      await makeTeams();
      await importRows(made.map(importRow));
      const first = await exported();
      await emptyStores();
      const answer = await importBody(first, 'createTeams=true');
      expect(JSON.parse(answer.text.trimEnd().split('\n').at(-1) ?? '').created).toBe(made.length);
      expect(await exported()).toBe(first);
      // Nor does a row change anything by overwriting the user that it tells of.
      await importBody(first, 'onDuplicate=overwrite');
      expect(await exported()).toBe(first);
    }),
    RUNS,
  );
}, 120_000);

describe('An import that is cut', () => {
  const file = numbers(12).map((i) => ({
    userId: `u${i}`,
    name: `Zoë ${i} 🚀`,
    email: `u${i}@example.com`,
    targets: [{ targetId: `t${i}`, providerType: 'push', identifier: `device-${i}` }],
    memberships: [{ teamId: 'red', roles: [] }],
  }));
  const bytes = new TextEncoder().encode(toLines(file));

  /** All that there is, but for who did what when, and IDs that the service made. */
  const state = async () =>
    `${await exported()}${JSON.stringify(await rows('SELECT id, total FROM teams'))}`.replaceAll(
      /"[0-9a-f]{20}"/g,
      '"an ID"',
    );

  test('at any byte leaves whole rows only, and going on ends in the same state', async () => {
    await makeTeams();
    await importBody(bytes, 'onDuplicate=skip');
    const whole = await state();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), async (cut) => {
        await emptyStores();
        await makeTeams();
        const answer = await importBody(bytes.slice(0, cut), 'onDuplicate=skip');
        // Within a character it is no UTF-8, and nothing of it is taken.
        expect([200, 400]).toContain(answer.status);
        const there = await exported();
        const ids = there
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line));
        expect(ids.map(({ userId }) => userId)).toEqual(
          file.slice(0, ids.length).map(({ userId }) => userId),
        );
        for (const [i, row] of ids.entries())
          expect(row).toMatchObject({ ...file[i], memberships: [{ teamId: 'red' }] });
        await importBody(bytes, 'onDuplicate=skip');
        expect(await state()).toBe(whole);
      }),
      { ...RUNS, examples: [[0], [1], [bytes.length - 1], [bytes.length]] },
    );
  }, 120_000);

  test('by a connection that breaks writes nothing', async () => {
    const before = await everything();
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, 500));
      },
      pull(controller) {
        controller.error(new Error('gone'));
      },
    });
    await importBody(body).catch(() => undefined);
    expect(await everything()).toBe(before);
  });
});

test('Two imports of the same file at once make each user once, whole', async () => {
  await makeTeams();
  const file = numbers(400).map((i) => ({
    userId: `u${i}`,
    email: `u${i}@example.com`,
    identities: [{ provider: 'github', providerUid: `${i}` }],
    memberships: [{ teamId: 'new' }],
  }));
  for (const mode of ['fail', 'skip', 'overwrite']) {
    const parameters = `onDuplicate=${mode}&createTeams=true`;
    const both = await Promise.all([importRows(file, parameters), importRows(file, parameters)]);
    const created = both[0].counts.created + both[1].counts.created;
    const [counted] = await rows(
      `SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM identities) AS identities,
         (SELECT count(*) FROM memberships) AS memberships, (SELECT total FROM teams WHERE id = 'new') AS total,
         (SELECT count(*) FROM activity WHERE event = 'user.create') AS lines`,
    );
    expect([created, counted]).toEqual([
      400,
      { users: 400, identities: 400, memberships: 400, total: 400, lines: 400 },
    ]);
    await emptyStores();
  }
});

test('Rows that are refused harm no other, wherever they stand', async () => {
  const fault = fc.constantFrom<object | string>(
    { userId: 'taken' },
    { email: 'taken@example.com' },
    { name: 'fine', targets: [{ providerType: 'email', identifier: 'taken@example.com' }] },
    { memberships: [{ teamId: 'nowhere' }] },
    { userId: '_' },
    '{',
    '"text"',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fault, { nil: null }), { maxLength: 12 }), async (places) => {
      await emptyStores();
      await importRows([{ userId: 'taken', email: 'taken@example.com' }]);
      const file = places.map((row, i) =>
        row === null ? { userId: `good-${i}` } : (row as Record<string, unknown> | string),
      );
      const told = await fates(file);
      expect(told.map((fate) => fate === 'created')).toEqual(places.map((row) => row === null));
      const there = (await rows('SELECT id FROM users ORDER BY seq')).map(({ id }) => id);
      expect(there).toEqual(['taken', ...places.flatMap((row, i) => (row === null ? [`good-${i}`] : []))]);
    }),
    RUNS,
  );
}, 60_000);
