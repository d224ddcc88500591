import { env } from 'cloudflare:test';

/** More users than a directory may have whose calls are not capped. */
export const LARGE = 110_000;

const CHUNK = 10_000;
const PART = 12_000;

/**
 * Fills a large directory, unevenly: times that do not follow the order of creation, flags and labels that few and that most
 * have; and, of the user `user1` and the team `large`, lists of thousands.
 */
export async function fillLarge(): Promise<void> {
  for (let from = 0; from < LARGE; from += CHUNK) {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT ${from + 1} UNION ALL SELECT i + 1 FROM n WHERE i < ${from + CHUNK})
       INSERT INTO users (id, name, name_key, email, phone, status, email_verification, phone_verification, impersonator, mfa,
         password_update, accessed_at, labels, created_at, updated_at)
       SELECT 'user' || i, iif(i % 3, 'Person ', 'Name ') || (i % 5000), iif(i % 3, 'person ', 'name ') || (i % 5000),
         iif(i % 10, 'user' || i || '@example.com', NULL), iif(i % 4, NULL, '+49' || (i + 1000000)),
         i % 20 > 0, i % 2, i % 3 = 0, i % 1000 = 0, i % 7 = 0,
         iif(i % 2, i * 60000, NULL), iif(i % 5, NULL, (i * 7919 % ${LARGE}) * 60000),
         iif(i % 50, '[]', iif(i % 20000, '["vip"]', '["vip","rare"]')),
         iif(i % 11, i, 1) * 60000, iif(i % 13, i, i * 3) * 60000 FROM n`,
    ).run();
  }
  await env.DB.batch(others.map((statement) => env.DB.prepare(statement)));
}

const numbers = (count: number) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
const user1 = `(SELECT seq FROM users WHERE id = 'user1')`;
const large = `(SELECT seq FROM teams WHERE id = 'large')`;

const others = [
  `${numbers(101_000)} INSERT INTO teams (id, name, name_key, created_at, updated_at)
   SELECT iif(i = 1, 'large', 'team' || i), 'Team ' || (i % 5000), 'team ' || (i % 5000), i * 60000, i * 60000 FROM n`,
  `INSERT INTO identities (id, user_seq, provider, provider_uid, provider_uid_key, provider_email, created_at, updated_at)
   SELECT 'i' || seq, seq, iif(seq % 9, 'github', 'google'), 'u' || seq, 'u' || seq, coalesce(email, ''), created_at, updated_at
   FROM users WHERE seq % 4 = 0`,
  `INSERT INTO memberships (id, team_seq, user_seq, roles, invited, joined, confirm, created_at, updated_at)
   SELECT 'member' || seq, ${large}, seq, iif(seq % 100, '[]', '["owner"]'), seq, iif(seq % 3, seq * 60000, NULL), seq % 3 > 0,
     seq, seq FROM users ORDER BY seq LIMIT ${PART}`,
  `${numbers(PART)} INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
   SELECT 't' || i, ${user1}, 'push', 'token' || i, i, i FROM n`,
  `${numbers(500)} INSERT INTO keys (id, name, name_key, scopes, secret_hash, created_at, updated_at)
   SELECT 'k' || i, 'Key ' || i, 'key ' || i, '["users.read"]', 'hash' || i, i, i FROM n`,
  `${numbers(PART)} INSERT INTO activity (user_seq, user_id, team_seq, event, actor_type, actor_id, actor_name, ip, user_agent,
     country_code, request_id, time)
   SELECT ${user1}, 'user1', ${large}, 'user.update', 'key', 'k', 'k', '', '', '', 'r' || i, i FROM n`,
  `${numbers(1000)} INSERT INTO sessions (id, user_seq, secret_hash, provider, factors, expire, created_at, updated_at)
   SELECT 's' || i, ${user1}, 'secret' || i, 'server', '[]', 253370764800000, i, i FROM n`,
  `INSERT INTO webhooks (id, name, url, events, secret, enabled, listens, created_at, updated_at)
   VALUES ('large', 'Large', 'https://example.com/', '[]', '', 0, 0, 1, 1)`,
  `${numbers(101_000)} INSERT INTO deliveries (webhook_seq, event_seq, name, event, state, created_at)
   SELECT (SELECT seq FROM webhooks), i, 'users.u' || i || '.create', '{}', iif(i % 20000, 'delivered', 'failed'), i * 60000 FROM n`,
];
