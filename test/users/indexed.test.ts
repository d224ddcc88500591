import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { rows } from '../support/rows';

/* What lists find users by is kept by triggers, however users are written: one by one, or many by one statement. */

const DAY = 86_400_000;

/** Labels, and bounds of times, that are not those of the users. */
async function wrong(): Promise<unknown[]> {
  return rows(
    `SELECT 'label', label, user_seq FROM user_labels WHERE NOT EXISTS
       (SELECT 1 FROM users, json_each(users.labels) AS one WHERE users.seq = user_seq AND one.value = label)
     UNION ALL
     SELECT 'missing', one.value, users.seq FROM users, json_each(users.labels) AS one WHERE NOT EXISTS
       (SELECT 1 FROM user_labels WHERE user_seq = users.seq AND label = one.value)
     UNION ALL
     SELECT 'zone', users.id, users.seq FROM users WHERE 2 <>
       (SELECT count(*) FROM user_zones WHERE zone IN (users.seq / 512, -1 - users.seq / 32768)
         AND created_at BETWEEN created_oldest AND created_newest AND updated_at BETWEEN updated_oldest AND updated_newest)`,
  );
}

const many = (from: number, count: number) =>
  `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${from + count - 1})
   INSERT INTO users (id, name, name_key, labels, created_at, updated_at)
   SELECT 'u' || i, '', '', iif(i % 3, '[]', '["a","b' || (i % 2) || '","a"]'), (i * 7919 % 1000 - 300) * ${DAY}, i * ${DAY} FROM n`;

test('Labels and times of users that one statement writes, changes and deletes are found', async () => {
  await rows(many(1, 2000));
  expect(await wrong()).toEqual([]);
  await rows(
    `UPDATE users SET labels = iif(seq % 2, '["b1","c"]', '[]'), updated_at = updated_at + ${400 * DAY} WHERE seq % 5 = 0`,
  );
  expect(await wrong()).toEqual([]);
  expect(await rows("SELECT count(*) AS count FROM user_labels WHERE label = 'c'")).toEqual([{ count: 200 }]);
  await rows('UPDATE users SET created_at = -created_at WHERE seq % 7 = 0');
  await rows("DELETE FROM users WHERE seq % 2 = 0 OR labels = '[]'");
  expect(await wrong()).toEqual([]);
  await rows('DELETE FROM users');
  expect(await rows('SELECT * FROM user_labels')).toEqual([]);
});

test('A user without labels writes into seven indexes at most, and a change the same day into no table of bounds', async () => {
  await rows(many(5000, 600));
  const written = async (statement: string) => (await env.DB.prepare(statement).run()).meta.rows_written;
  const alone = await written("UPDATE users SET updated_at = updated_at WHERE id = 'u5001'");
  const changed = await written("UPDATE users SET updated_at = updated_at + 1 WHERE id = 'u5001'");
  expect(changed - alone).toBeLessThanOrEqual(2);
  const indexes = await rows(
    "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'users' AND sql NOT LIKE '%NOT NULL%'",
  );
  expect(indexes).toHaveLength(7);
});
