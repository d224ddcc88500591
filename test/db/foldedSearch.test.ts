import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { maintain } from '../../src/cron';
import { api } from '../support/api';
import { migrate, migrateBefore } from '../support/migrations';
import { rows } from '../support/rows';

test('The migration to folded names carries over a filled database, and the cron trigger ends it', async () => {
  await migrateBefore('0006');
  await rows(
    `INSERT INTO users (id, name, email, phone, labels, created_at, updated_at) VALUES
     ('Ada', 'ADA Lovelace', 'ada@example.com', '+4912345678', '["vip","Old"]', 1, 1),
     ('jose', 'JOSÉ Álvarez', NULL, NULL, '[]', 2, 2), ('none', '', NULL, NULL, '[]', 3, 3)`,
  );
  await rows("INSERT INTO teams (id, name, created_at, updated_at) VALUES ('t', 'Équipe', 0, 0)");
  await rows(
    "INSERT INTO keys (id, name, scopes, secret_hash, created_at, updated_at) VALUES ('k', 'KEY', '[]', 'x', 0, 0)",
  );
  await rows(
    `INSERT INTO identities (id, user_seq, provider, provider_uid, provider_email, created_at, updated_at)
     SELECT 'i', seq, 'github', 'Ada-42', 'ada@work.example', 0, 0 FROM users WHERE id = 'Ada'`,
  );
  await rows(
    `INSERT INTO memberships (id, team_seq, user_seq, roles, invited, confirm, created_at, updated_at)
     SELECT 'm-' || users.seq, teams.seq, users.seq, '[]', 0, 1, 0, 0 FROM users, teams`,
  );

  await migrate();
  const found = async (path: string) => {
    const { body } = await api(`GET ${path}`);
    const [list] = Object.values<{ $id: string }[]>(body).filter(Array.isArray);
    return [body.total, (list ?? []).map(({ $id }) => $id)];
  };
  for (const search of ['lovelace', 'LO', 'a', 'vip', 'label:old', '49123', '@exam']) {
    expect(await found(`/users?search=${encodeURIComponent(search)}`), search).toEqual([1, ['Ada']]);
  }
  expect(await found('/users/identities?search=ada-4')).toEqual([1, ['i']]);
  expect(await found('/teams/t/memberships?search=m-2')).toEqual([1, ['m-2']]);
  expect(await found('/teams/t/memberships?search=ada')).toEqual([1, ['m-1']]);
  expect(await found('/users/jose/memberships?search=m')).toEqual([1, ['m-2']]);
  expect(await found('/users?queries[]=orderAsc("name")')).toEqual([3, ['none', 'Ada', 'jose']]);
  expect(await rows('SELECT kind FROM stale_keys ORDER BY kind')).toEqual([
    { kind: 'teams' },
    { kind: 'users' },
  ]);

  await maintain(env, Date.now());
  expect(await found('/users?search=jose')).toEqual([1, ['jose']]);
  expect(await found(`/users?search=${encodeURIComponent('e\u0301 a')}`)).toEqual([1, ['jose']]);
  expect(await found('/teams?search=eq')).toEqual([1, ['t']]);
  expect(await rows('SELECT name_key FROM users ORDER BY seq')).toEqual(
    ['ada lovelace', 'jose alvarez', ''].map((name_key) => ({ name_key })),
  );
  expect(await rows('SELECT name_key FROM keys')).toEqual([{ name_key: 'key' }]);
});
