import { env } from 'cloudflare:test';
import { beforeEach, describe, expect, test } from 'vitest';
import { ERASED_A_RUN, ERASED_AT_ONCE } from '../../src/activity/erase';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { faultyStores, refusing } from '../support/faults';
import {
  newIdentity,
  newMembership,
  newSession,
  newTarget,
  newTeam,
  newUser,
  withSession,
} from '../support/given';
import { enrol, newChallenge } from '../support/mfa';
import { emptyStores, row, rows } from '../support/rows';
import { cron } from '../support/worker';

stopClock();
beforeEach(emptyStores);

/** Where a person calls from, and with what: each is found nowhere else. */
const PERSON = { 'cf-connecting-ip': '203.0.113.77', 'user-agent': 'Zebedee/7.7' };
const COUNTRY = { cf: { country: 'NZ' } };

const deleted = async (user: string, call = {}) => {
  const answer = await api(`DELETE /users/${user}`, { body: {}, ...call });
  expect(answer.status, answer.text).toBe(204);
};

/** Everything that is stored anywhere, as text: D1 with its search indexes, and KV. */
async function dump(): Promise<string> {
  const tables = await rows(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  );
  const stored = [];
  for (const { name } of tables) {
    // What fts5vocab shows has no rowid; the rest may have blobs, of which the text is looked at.
    stored.push(...(await rows(`SELECT * FROM "${String(name)}"`).catch(() => [])));
  }
  const { keys } = await env.SESSIONS.list();
  const copies = await Promise.all(keys.map(({ name }) => env.SESSIONS.get(name)));
  return JSON.stringify([stored, copies]);
}

/** A user of whom there is something in every table, all of it told apart from anything else. */
async function newPerson(userId: string) {
  const email = 'zebedee@personal.example';
  const fields = { name: 'Zebedee', email, phone: '+49151777777777', password: 'zebedee horse' };
  const user = await newUser(fields);
  await rows('UPDATE users SET id = ? WHERE id = ?', userId, user);
  await api(`PATCH /users/${userId}/prefs`, { body: { prefs: { from: 'Zebedee' } } });
  await api(`PUT /users/${userId}/labels`, { body: { labels: ['zebedee'] } });
  await newTarget(userId, { identifier: 'zebedee-device', name: 'Phone of Zebedee' });
  await newIdentity(userId, { providerUid: 'zebedee-uid', providerEmail: 'zebedee@work.example' });
  await newMembership(await newTeam(), userId);

  const headers = { 'x-appwrite-key': null, ...PERSON };
  const sign = (password: string) =>
    api('POST /account/sessions/email', { headers, body: { email, password }, ...COUNTRY });
  await sign('wrong horse');
  await api('POST /account/sessions/token', { headers, body: { userId, secret: 'wrong' }, ...COUNTRY });
  const cookie = (await sign('zebedee horse')).headers.get('set-cookie')?.split(';')[0] ?? '';
  await api('PATCH /account/sessions/current', { headers: { ...headers, cookie }, ...COUNTRY });
  await api(`POST /users/${userId}/tokens`, {
    headers: { ...PERSON, 'x-forwarded-user-agent': 'Zebedee/7.7' },
  });
  await api(`PATCH /users/${userId}/mfa/recovery-codes`, { body: {} });
  const { token } = await newSession(userId);
  await enrol(token);
  for (const factor of ['totp', 'recoverycode']) {
    const body = { challengeId: await newChallenge(token, factor), otp: '000000x' };
    await api('PUT /account/mfa/challenges', { headers: { ...headers, 'x-appwrite-session': token }, body });
  }
}

/** The network of an address, a session's row knows too. */
const PERSONAL = /zebedee|777777777|203\.0\.113\.|"NZ"/i;

/** The tables with rows of a user, by its sequence. */
async function tablesOf(seq: unknown): Promise<string[]> {
  const columns = await rows(
    `SELECT m.name AS name, c.name AS found_by FROM sqlite_master AS m, pragma_table_info(m.name) AS c
     WHERE m.type = 'table' AND m.name NOT LIKE '\\_cf%' ESCAPE '\\' AND c.name IN ('user_seq', 'actor_seq')`,
  );
  const found = [];
  for (const { name, found_by } of columns) {
    if ((await rows(`SELECT 1 FROM "${name}" WHERE ${found_by} = ?`, seq)).length > 0)
      found.push(String(name));
  }
  const tried = await rows("SELECT key FROM failures WHERE key || ':' LIKE ?", `%:${seq}:%`);
  return [...found, ...(tried.length > 0 ? ['failures'] : [])].sort();
}

describe('Of a deleted user', () => {
  test('nothing that is personal is left anywhere, but that it was there', async () => {
    await newPerson('person-1');
    expect(await dump()).toMatch(PERSONAL);
    await deleted('person-1', { headers: PERSON, ...COUNTRY });
    expect(await dump()).not.toMatch(PERSONAL);
    expect(await rows('SELECT 1 FROM erasures')).toEqual([]);
  });

  test('no row is left that leads to it, but those of what happened', async () => {
    await newPerson('person-1');
    const { seq } = await row("SELECT seq FROM users WHERE id = 'person-1'");
    // Of another user, whose sequence begins alike.
    // And at a place where this one is at home.
    for (const key of [`password:${seq}0`, `password:${seq}:place`])
      await rows('INSERT INTO failures SELECT hour, ?, time, id FROM failures LIMIT 1', key);
    expect(await tablesOf(seq)).toEqual([
      'activity',
      'authenticators',
      'budgets',
      'challenges',
      'failures',
      'identities',
      'memberships',
      'networks',
      'recovery_codes',
      'sessions',
      'targets',
      'tokens',
      'user_labels',
    ]);
    const others = await rows('SELECT * FROM failures WHERE key = ?', `password:${seq}0`);
    await deleted('person-1');
    expect(await tablesOf(seq)).toEqual(['activity']);
    expect(await rows('SELECT * FROM failures WHERE key = ?', `password:${seq}0`)).toEqual(others);
  });

  test('nothing is left where KV does not let go of a session, so that its row stays', async () => {
    await newPerson('person-1');
    await deleted('person-1', { env: faultyStores(refusing(/kv.delete/)).stores });
    expect((await rows('SELECT * FROM sessions')).length).toBeGreaterThan(0);
    for (const { name } of (await env.SESSIONS.list()).keys) await env.SESSIONS.delete(name);
    expect(await dump()).not.toMatch(PERSONAL);
  });

  test('it stays what happened, when, to which ID, and by which key', async () => {
    const user = await newUser();
    const { token } = await newSession(user);
    await api('PATCH /account/sessions/current', { headers: { ...withSession(token), ...PERSON } });
    await rows("UPDATE activity SET ip = '203.0.113.77', user_agent = 'x', country_code = 'NZ'");
    const kept = 'seq, user_seq, user_id, event, resource_id, actor_type, actor_id, time';
    const before = await rows(`SELECT ${kept} FROM activity ORDER BY seq`);
    passTime(60_000);
    await deleted(user);
    const after = await rows('SELECT * FROM activity ORDER BY seq');
    expect(await rows(`SELECT ${kept} FROM activity ORDER BY seq LIMIT 3`)).toEqual(before);
    expect(after.map(({ event }) => event)).toEqual([
      'user.create',
      'session.create',
      'session.update',
      'user.delete',
      'session.delete',
    ]);
    for (const line of after) expect(line).toMatchObject({ ip: '', user_agent: '', country_code: '' });
    // A key's request is found by its ID in the platform's own log; a person's tells where it was made.
    expect(after.map(({ actor_name, request_id }) => [actor_name, request_id !== ''])).toEqual([
      ['Root key', true],
      ['Root key', true],
      ['', false],
      ['Root key', true],
      ['Root key', true],
    ]);
  });

  test('what it read of others goes too, and what was read of others does not', async () => {
    const [supporter, other, target] = [await newUser(), await newUser(), await newUser()];
    for (const id of [supporter, other]) {
      await api(`PATCH /users/${id}/impersonator`, { body: { impersonator: true } });
      const headers = { ...withSession((await newSession(id)).token), ...PERSON };
      await api('GET /account', { headers: { ...headers, 'x-appwrite-impersonate-user-id': target } });
    }
    const read = "SELECT actor_id, ip FROM activity WHERE event = 'impersonator.read' ORDER BY seq";
    await deleted(supporter);
    expect(await rows(read)).toEqual([
      { actor_id: supporter, ip: '' },
      { actor_id: other, ip: PERSON['cf-connecting-ip'] },
    ]);
    const { logs } = (await api(`GET /users/${target}/logs`)).body;
    expect(logs[1]).toMatchObject({ event: 'impersonator.read', userId: supporter, userName: '', ip: '' });
  });

  test('the activity of nobody else is touched', async () => {
    const [user, other] = [await newUser(), await newUser()];
    await api(`PATCH /users/${other}/name`, { body: { name: 'x' }, headers: PERSON });
    await deleted(user);
    const left = await row("SELECT ip, user_agent FROM activity WHERE event = 'user.update'");
    expect(left).toEqual({ ip: '203.0.113.77', user_agent: 'Zebedee/7.7' });
  });
});

describe('Where a user has more activity than its deletion erases', () => {
  const unerased = async () => (await row("SELECT count(*) AS count FROM activity WHERE ip <> ''")).count;

  /** So many rows about a user, or of what it did to another one, older than those of its own. */
  async function fill(user: string, howMany: number, column: 'user_seq' | 'actor_seq') {
    await rows(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
       INSERT INTO activity (${column === 'user_seq' ? 'user_seq' : 'user_seq, actor_seq'}, user_id, event, actor_type,
         actor_id, actor_name, ip, user_agent, country_code, request_id, time)
       SELECT ${column === 'user_seq' ? 'seq' : '0, seq'}, '', 'user.update', 'user', '', '', '203.0.113.77', 'x', 'NZ', 'r', ?3
       FROM n, users WHERE users.id = ?1`,
      user,
      howMany,
      Date.now(),
    );
  }

  test('it erases the newest, and the cron trigger the rest, a bounded number a run', async () => {
    const user = await newUser();
    await fill(user, ERASED_AT_ONCE + 2 * ERASED_A_RUN + 10, 'user_seq');
    await deleted(user);
    expect(await unerased()).toBe(2 * ERASED_A_RUN + 10);
    // Of the rows that are left the newest is older than any that is erased.
    const { newest } = await row("SELECT max(seq) AS newest FROM activity WHERE ip <> ''");
    const { oldest } = await row(
      "SELECT min(seq) AS oldest FROM activity WHERE ip = '' AND event = 'user.update'",
    );
    expect(Number(newest)).toBeLessThan(Number(oldest));
    for (const left of [ERASED_A_RUN + 10, 10, 0]) {
      await cron();
      expect(await unerased()).toBe(left);
    }
    expect(await rows('SELECT 1 FROM erasures')).toEqual([]);
  });

  test('so does what it did to others', async () => {
    const user = await newUser();
    await fill(user, ERASED_AT_ONCE + 5, 'actor_seq');
    await deleted(user);
    expect(await unerased()).toBe(5);
    await cron();
    expect([await unerased(), await rows('SELECT 1 FROM erasures')]).toEqual([0, []]);
  });

  test('it leaves nothing to do where it has erased all', async () => {
    const user = await newUser();
    await fill(user, ERASED_AT_ONCE - 1, 'user_seq');
    await deleted(user);
    expect([await unerased(), await rows('SELECT 1 FROM erasures')]).toEqual([0, []]);
  });

  test('one that fails leaves the user and its activity as they were', async () => {
    const user = await newUser();
    await fill(user, 10, 'user_seq');
    await api(`DELETE /users/${user}`, { env: faultyStores(refusing(/d1.batch/)).stores });
    expect([await unerased(), (await api(`GET /users/${user}`)).status]).toEqual([10, 200]);
  });

  test('many users with little left are done in one run', async () => {
    for (let i = 0; i < 7; i++) {
      const user = await newUser();
      await fill(user, ERASED_AT_ONCE + 1, 'user_seq');
      await deleted(user);
    }
    expect(await unerased()).toBe(7);
    await cron();
    expect([await unerased(), await rows('SELECT 1 FROM erasures')]).toEqual([0, []]);
  });

  test('many users wait their turn, and none is forgotten', async () => {
    for (let i = 0; i < 7; i++) {
      const user = await newUser();
      // One more row is that of its making.
      await fill(user, ERASED_AT_ONCE + ERASED_A_RUN - 1, 'user_seq');
      await deleted(user);
    }
    expect(await unerased()).toBe(7 * (ERASED_A_RUN - 1));
    await cron();
    expect(await unerased()).toBe(2 * (ERASED_A_RUN - 1));
    await cron();
    expect([await unerased(), await rows('SELECT 1 FROM erasures')]).toEqual([0, []]);
  });
});
