import { env } from 'cloudflare:test';

export const SIZES = [1000, 10_000, 100_000, 1_000_000];

const CHUNK = 20_000;

/** A minute between users: what a time in a query is counted by. */
export const MINUTE = 60_000;

/**
 * Fills the directory with people until there are so many: one of five without an e-mail address, one of ten with a phone, one
 * of twenty blocked, a label for one of a hundred; half of them have been changed since, and a third have been seen lately. A
 * team has 10,000 of them.
 */
export async function fillUpTo(size: number): Promise<void> {
  const first = (await env.DB.prepare('SELECT max(seq) AS seq FROM users').first<number | null>('seq')) ?? 0;
  for (let from = first; from < size; from += CHUNK) {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT ${from + 1} UNION ALL SELECT i + 1 FROM n WHERE i < ${Math.min(from + CHUNK, size)})
       INSERT INTO users (id, name, name_key, email, phone, status, email_verification, phone_verification, mfa, impersonator,
         password_update, accessed_at, labels, created_at, updated_at)
       SELECT printf('user%07d', i), 'Person ' || (i * 7919 % 99991), 'person ' || (i * 7919 % 99991),
         iif(i % 5, 'user' || i || '@example.com', NULL), iif(i % 10, NULL, '+49' || (10000000 + i)),
         i % 20 > 0, i % 3 = 0, i % 30 = 0, i % 50 = 0, i % 10000 = 0, iif(i % 4, i * ${MINUTE}, NULL), iif(i % 3, NULL, i * ${MINUTE}),
         iif(i % 100, '[]', iif(i % 100000, '["vip"]', '["vip","rare"]')), i * ${MINUTE}, (i + iif(i % 2, i * 7919 % 1000, 0)) * ${MINUTE} FROM n`,
    ).run();
  }
  if (first > 0) return;
  await env.DB.prepare(
    "INSERT INTO teams (id, name, name_key, created_at, updated_at) VALUES ('team', 'Team', 'team', 0, 0)",
  ).run();
}

/** Members of the one team, as many as there are users, and no more than 10,000. */
export async function fillTeam(): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO memberships (id, team_seq, user_seq, roles, invited, joined, confirm, created_at, updated_at)
     SELECT 'member' || seq, (SELECT seq FROM teams WHERE id = 'team'), seq, '[]', seq, seq, 1, seq, seq
     FROM users WHERE seq > (SELECT coalesce(max(user_seq), 0) FROM memberships) AND seq <= 10000 ORDER BY seq`,
  ).run();
}
