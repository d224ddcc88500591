import { env } from 'cloudflare:test';

/** Directories that are hard to search, each a way to make the name of the user with the number `i` in SQL. */
export const crowds = {
  /** What people are called, near enough. */
  people: `'Person ' || (i * 7919 % 99991) || ' ' || substr('abcdefghijklmnopqrstuvwxyz', 1 + i % 26, 1) || 'ohnson'`,
  /** Names of 60 Chinese characters at random: every trigram is another. */
  manyTrigrams: lettersAtRandom(60, 'char(0x4e00 + abs(random()) % 20000)'),
  /** Names of 128 letters at random, of which there are two: every name has all trigrams there are. */
  twoLetters: lettersAtRandom(128, `iif(random() & 1, 'a', 'b')`),
  /** Names of 128 letters at random, of which there are four: every name has most trigrams, and few have all of many. */
  fourLetters: lettersAtRandom(128, `substr('abcd', 1 + abs(random()) % 4, 1)`),
  /** Names of one letter, 100 to 127 of it: whatever is shorter is in all of them, over and over. */
  oneLetter: `substr(replace(hex(zeroblob(64)), '0', 'a'), 1, 100 + i % 28)`,
} as const;

export type Crowd = keyof typeof crowds;

function lettersAtRandom(length: number, letter: string): string {
  const places = `WITH RECURSIVE c(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < ${length}) SELECT k + i * 0 FROM c`;
  return `(SELECT group_concat(${letter}, '') FROM (${places}))`;
}

const CHUNK = 2000;

/**
 * Fills the directory with users of one kind, all of the domain example.com, each with an identity and a place in a team; the
 * team, and what the users' IDs begin with, are called as the kind is.
 */
export async function fillWith(crowd: Crowd, count: number): Promise<void> {
  await env.DB.prepare(
    'INSERT INTO teams (id, name, name_key, created_at, updated_at) VALUES (?1, ?1, lower(?1), 0, 0)',
  )
    .bind(crowd)
    .run();
  const first =
    (await env.DB.prepare('SELECT coalesce(max(seq), 0) AS seq FROM users').first<number>('seq')) ?? 0;
  for (let from = 0; from < count; from += CHUNK) {
    const to = Math.min(from + CHUNK, count);
    const users = `WITH RECURSIVE n(i) AS (SELECT ${from + 1} UNION ALL SELECT i + 1 FROM n WHERE i < ${to}),
      made AS MATERIALIZED (SELECT i, ${crowds[crowd]} AS name FROM n)
      INSERT INTO users (id, name, name_key, email, stored_targets, created_at, updated_at)
      SELECT '${crowd}' || i, name, lower(name), '${crowd.toLowerCase()}' || i || '@example.com', 0, i, i FROM made`;
    const ofThese = `FROM users WHERE seq > ${first + from} ORDER BY seq`;
    await env.DB.batch([
      env.DB.prepare(users),
      env.DB.prepare(
        `INSERT INTO identities (id, user_seq, provider, provider_uid, provider_uid_key, created_at, updated_at)
         SELECT id, seq, 'github', name || seq, name_key || seq, 0, 0 ${ofThese}`,
      ),
      env.DB.prepare(
        `INSERT INTO memberships (id, team_seq, user_seq, roles, invited, confirm, created_at, updated_at)
         SELECT 'member' || seq, (SELECT seq FROM teams WHERE id = '${crowd}'), seq, '[]', 0, 1, 0, 0 ${ofThese}`,
      ),
    ]);
  }
}
