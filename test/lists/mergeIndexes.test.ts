import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { maintain } from '../../src/cron';
import { api } from '../support/api';
import { newUser } from '../support/given';
import { row, rows } from '../support/rows';

const parts = async () =>
  Number((await row('SELECT count(DISTINCT segid) AS parts FROM users_search_idx')).parts);
const found = async (term: string) =>
  (await api(`GET /users?search=${term}`)).body.users.map(({ $id }: { $id: string }) => $id);

test('The cron trigger merges what small writes leave of the search index, and every search finds the same', async () => {
  const user = await newUser({ name: 'Ada Lovelace' });
  await rows(
    `INSERT INTO users (id, name, name_key, stored_targets, created_at, updated_at)
     SELECT 'crowd' || value, 'Person ' || value, 'person ' || value, 0, 1, 1 FROM json_each(?)`,
    JSON.stringify([...Array(500).keys()]),
  );
  for (let i = 0; i < 60; i++) {
    const name = `Name ${i}`;
    await rows(
      "UPDATE users SET name = ?, name_key = lower(?) WHERE id = 'crowd' || ?",
      name,
      name,
      String(i),
    );
  }
  const terms = ['lovelace', 'person%20499', 'name%2059', 'person%2059'];
  const before = await Promise.all(terms.map(found));
  expect(before).toEqual([[user], ['crowd499'], ['crowd59'], []]);
  const fragments = await parts();
  expect(fragments).toBeGreaterThan(2);
  for (let minute = 0; minute < 20; minute++) await maintain(env, Date.now() + minute * 60_000);
  expect(await parts()).toBeLessThan(fragments);
  expect(await Promise.all(terms.map(found))).toEqual(before);
});
