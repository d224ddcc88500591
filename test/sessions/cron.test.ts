import { env } from 'cloudflare:test';
import { beforeEach, describe, expect, test } from 'vitest';
import { CLEARED, GIVE_UP } from '../../src/sessionStore/revoke';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { faultyStores, refusing } from '../support/faults';
import { newUser } from '../support/given';
import { emptyStores, rows } from '../support/rows';
import { ask, cron } from '../support/worker';

stopClock();
beforeEach(async () => {
  await emptyStores();
  for (const { name } of (await env.SESSIONS.list()).keys) await env.SESSIONS.delete(name);
});

const count = async (table: string) => (await rows(`SELECT 1 FROM ${table}`)).length;

/** So many sessions of a user as rows, and every twentieth as a copy: each through the API would take too long. */
async function newSessions(
  user: string,
  howMany: number,
  fields: { expire: number; revokedAt: number | null },
) {
  const hashes = Array.from({ length: howMany }, (_, i) => `hash-${i}`);
  await rows(
    `INSERT INTO sessions (id, user_seq, secret_hash, provider, factors, expire, created_at, updated_at)
     SELECT value, (SELECT seq FROM users WHERE id = ?), value, 'server', '[]', ?, 1000, 1000 FROM json_each(?)`,
    user,
    fields.expire,
    JSON.stringify(hashes),
  );
  // Afterwards, as in life: a trigger then takes them out of the total.
  await rows("UPDATE sessions SET revoked_at = ? WHERE id LIKE 'hash-%'", fields.revokedAt);
  const copied = hashes.filter((_, i) => i % 20 === 0);
  await Promise.all(copied.map((hash) => env.SESSIONS.put(`session:${hash}`, '{}')));
}

describe('The cron trigger', { timeout: 20_000 }, () => {
  test('finishes a bounded number of revocations a run, the oldest first, until none is left', async () => {
    const howMany = 2 * CLEARED + 50;
    await newSessions(await newUser(), howMany, { expire: Date.now() + 1e9, revokedAt: Date.now() });
    for (const left of [CLEARED + 50, 50, 0, 0]) {
      let deletions = 0;
      const { stores } = faultyStores((operation, go) => {
        if (operation.on === 'kv.delete') deletions += 1;
        return go();
      });
      const before = await count('sessions');
      await cron(stores);
      expect([await count('sessions'), deletions]).toEqual([left, before - left]);
    }
    expect((await env.SESSIONS.list()).keys).toEqual([]);
  });

  test('removes a bounded number of expired sessions and tokens a run', async () => {
    const user = await newUser();
    await newSessions(user, 1_050, { expire: Date.now(), revokedAt: null });
    await rows(
      `INSERT INTO tokens (id, user_seq, secret_hash, expire, created_at)
       SELECT value, 1, value, ?, 1000 FROM json_each(?)`,
      Date.now(),
      JSON.stringify(Array.from({ length: 1_050 }, (_, i) => i)),
    );
    const left = async () => [await count('sessions'), await count('tokens')];
    for (const expected of [550, 50, 0]) {
      await cron();
      expect(await left()).toEqual([expected, expected]);
    }
  });

  test('removes a bounded number of failed tries a run, those of the present hour and the one before never', async () => {
    const hour = Math.floor(Date.now() / 3_600_000);
    const insert = (count: number, of: number) =>
      rows(
        "INSERT INTO failures (hour, key, time, id) SELECT ?, 'key', ?, value FROM json_each(?)",
        of,
        of * 3_600_000,
        JSON.stringify(Array.from({ length: count }, (_, i) => `${i}`)),
      );
    await insert(10_050, hour - 2);
    await insert(3, hour - 1);
    await insert(3, hour);
    for (const left of [56, 6, 6]) {
      await cron();
      expect(await count('failures')).toBe(left);
    }
  });

  test('does the rest of its work where one part fails, and counts as failed', async () => {
    const user = await newUser();
    await newSessions(user, 3, { expire: Date.now(), revokedAt: null });
    const { stores } = faultyStores(refusing(/d1.query/));
    await expect(cron(stores)).rejects.toThrow();
    expect(await count('sessions')).toBe(0);
  });

  test('stops asking KV to delete a copy after a day, so that it stands in the way of no other', async () => {
    await newSessions(await newUser(), CLEARED, { expire: Date.now() + 1e9, revokedAt: Date.now() });
    const { stores } = faultyStores(refusing(/kv.delete/, ({ about }) => about.startsWith('session:hash-')));
    passTime(GIVE_UP - 1);
    const other = await newUser();
    await api(`POST /users/${other}/sessions`);
    await api(`DELETE /users/${other}/sessions`, { env: faultyStores(refusing(/kv.delete/)).stores });
    await cron(stores);
    expect(await count('sessions')).toBe(CLEARED + 1);
    passTime(1);
    await cron(stores);
    expect(await count('sessions')).toBe(1);
    await cron(stores);
    expect(await count('sessions')).toBe(0);
  });
});

test('Idle sessions are looked for a part at a time, in turn, however many are in use before them', async () => {
  const user = await newUser();
  const make = (howMany: number, name: string, usedAt: number) =>
    rows(
      `INSERT INTO sessions (id, user_seq, secret_hash, provider, factors, expire, used_at, created_at, updated_at)
       SELECT ?1 || value, (SELECT seq FROM users WHERE id = ?2), ?1 || value, 'server', '[]', ?3, ?4, 1000, 1000 FROM json_each(?5)`,
      name,
      user,
      Date.now() + 1e9,
      usedAt,
      JSON.stringify([...Array(howMany).keys()]),
    );
  await make(2_600, 'used', Date.now());
  await make(10, 'idle', 1000);
  await make(2_600, 'late', Date.now());
  const limited = { ...env, SESSION_IDLE_LIMIT: '3600' };
  const left = async (name: string) => (await rows(`SELECT 1 FROM sessions WHERE id LIKE '${name}%'`)).length;
  for (const idle of [10, 0, 0]) {
    await cron(limited);
    expect(await left('idle')).toBe(idle);
  }
  // From the start again.
  await rows("UPDATE sessions SET used_at = 1000 WHERE id IN ('used1', 'used2')");
  await cron(limited);
  expect([await left('used'), await left('late')]).toEqual([2_598, 2_600]);
}, 20_000);

test('One request deletes a bounded number of copies, and leaves the rest to the cron trigger', async () => {
  const user = await newUser();
  await newSessions(user, 510, { expire: Date.now() + 1e9, revokedAt: null });
  let deletions = 0;
  const { stores } = faultyStores((operation, go) => {
    if (operation.on === 'kv.delete') deletions += 1;
    return go();
  });
  expect((await api(`DELETE /users/${user}/sessions`, { env: stores })).status).toBe(204);
  expect([deletions, await count('sessions')]).toEqual([500, 10]);
  expect((await api(`GET /users/${user}/sessions`)).body.total).toBe(0);
  await cron();
  expect(await count('sessions')).toBe(0);
}, 20_000);

test('A user with a hundred sessions is deleted while KV fails for a third of them: none passes, all are cleared', async () => {
  const user = await newUser();
  const tokens: string[] = [];
  for (let i = 0; i < 100; i++) {
    tokens.push((await api(`POST /users/${user}/sessions`, { env: { SESSION_LIMIT: '0' } })).body.secret);
  }
  const refused = new Set(
    (await env.SESSIONS.list()).keys.map(({ name }) => name).filter((_, i) => i % 3 === 0),
  );
  const { stores } = faultyStores(refusing(/kv.delete/, ({ about }) => refused.has(about)));
  expect((await api(`DELETE /users/${user}`, { env: stores })).status).toBe(204);
  expect(await live(tokens, true)).toBe(0);
  expect(await live(tokens)).toBe(refused.size);
  expect(await count('sessions')).toBe(refused.size);
  passTime(60_000);
  expect(await live(tokens)).toBe(0);
  await cron(stores);
  expect(await count('sessions')).toBe(refused.size);
  await cron();
  expect([await count('sessions'), (await env.SESSIONS.list()).keys]).toEqual([0, []]);
}, 20_000);

/** How many of these tokens a check takes for live. */
async function live(tokens: readonly string[], fresh = false): Promise<number> {
  const checks = tokens.map((token) => ask((directory) => directory.verifySession(token, { fresh })));
  return (await Promise.all(checks)).filter((session) => session !== null).length;
}
