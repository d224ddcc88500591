import { env } from 'cloudflare:test';
import { beforeEach, describe, expect, test } from 'vitest';
import { maintain } from '../../src/cron';
import { api } from '../support/api';
import { emptyStores, rows } from '../support/rows';

beforeEach(emptyStores);

const write = (id: string, name: string) =>
  rows('INSERT INTO users (id, name, created_at, updated_at) VALUES (?, ?, 0, 0)', id, name);
const keyOf = async (id: string) => (await rows('SELECT name_key FROM users WHERE id = ?', id))[0]?.name_key;
const stale = async () => (await rows('SELECT 1 FROM stale_keys')).length;
const found = async (search: string) => {
  const { body } = await api(`GET /users?${new URLSearchParams({ search })}`);
  return body.users.map(({ $id }: { $id: string }) => $id);
};

describe('A name that an earlier version writes, without its key', () => {
  test('is found at once in ASCII, and by any other letter once the cron trigger has run', async () => {
    await write('ada', 'ADA Lovelace');
    await write('zoe', 'ZOË');
    expect([await keyOf('ada'), await found('lovelace'), await stale()]).toEqual([
      'ada lovelace',
      ['ada'],
      1,
    ]);
    await maintain(env, Date.now());
    expect([await keyOf('zoe'), await found('zoe'), await found('zo'), await stale()]).toEqual([
      'zoe',
      ['zoe'],
      ['zoe'],
      0,
    ]);
  });

  test('is followed when it changes', async () => {
    await write('ada', 'Ada');
    await rows("UPDATE users SET name = 'Eve' WHERE id = 'ada'");
    expect([await keyOf('ada'), await found('ada'), await found('eve')]).toEqual(['eve', ['ada'], ['ada']]);
    await rows("UPDATE users SET name = 'ÉMILE' WHERE id = 'ada'");
    await maintain(env, Date.now());
    expect([await keyOf('ada'), await found('emile'), await stale()]).toEqual(['emile', ['ada'], 0]);
  });

  test('is folded a bounded number a run, until none is left', async () => {
    await rows(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
       INSERT INTO users (id, name, created_at, updated_at) SELECT 'u' || i, 'É' || i, 0, 0 FROM n`,
    );
    await maintain(env, Date.now());
    expect(await stale()).toBe(100);
    await maintain(env, Date.now());
    expect(await stale()).toBe(0);
    expect(await rows("SELECT 1 FROM users WHERE name_key <> 'e' || substr(id, 2)")).toEqual([]);
  });

  test('that is gone, or that has its key by now, is forgotten', async () => {
    await write('ada', 'ÄDA');
    await write('eve', 'ÈVE');
    await rows("DELETE FROM users WHERE id = 'ada'");
    await api('PATCH /users/eve/name', { body: { name: 'Éva' } });
    await maintain(env, Date.now());
    expect([await stale(), await keyOf('eve')]).toEqual([0, 'eva']);
  });

  test('of a team, a key and an identity is folded, too', async () => {
    await write('ada', 'Ada');
    await rows("INSERT INTO teams (id, name, created_at, updated_at) VALUES ('t', 'ÉQUIPE', 0, 0)");
    await rows(
      "INSERT INTO keys (id, name, scopes, secret_hash, created_at, updated_at) VALUES ('k', 'CLÉ', '[]', 'x', 0, 0)",
    );
    await rows(
      `INSERT INTO identities (id, user_seq, provider, provider_uid, created_at, updated_at)
       SELECT 'i', seq, 'github', 'ÄDA', 0, 0 FROM users`,
    );
    expect(await stale()).toBe(3);
    await maintain(env, Date.now());
    expect(await rows('SELECT name_key FROM teams UNION ALL SELECT name_key FROM keys')).toEqual([
      { name_key: 'equipe' },
      { name_key: 'cle' },
    ]);
    expect((await api('GET /teams?search=equ')).body.total).toBe(1);
    for (const search of ['ada', '%C3%A4DA']) {
      expect((await api(`GET /users/identities?search=${search}`)).body.total).toBe(1);
    }
    expect(await stale()).toBe(0);
  });
});
