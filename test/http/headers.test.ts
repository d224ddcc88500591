import { env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { freshId, newUser } from '../support/given';

/*
 * Headers that a client chooses are read up to a length, and kept as text that every client can read back.
 */

/** What the activity log keeps of whoever made a user with these headers. */
async function kept(headers: Record<string, string>) {
  const userId = freshId('seen');
  expect((await api('POST /users', { body: { userId }, headers })).status).toBe(201);
  const row = env.DB.prepare('SELECT user_agent, ip, country_code FROM activity WHERE user_id = ?').bind(
    userId,
  );
  return row.first<{ user_agent: string; ip: string; country_code: string }>();
}

describe('Of a client is kept', () => {
  test('512 characters of its user agent, and never half a character', async () => {
    expect((await kept({ 'user-agent': 'x'.repeat(9_000) }))?.user_agent).toBe('x'.repeat(512));
    expect((await kept({ 'user-agent': `${'x'.repeat(511)}💩` }))?.user_agent).toBe(
      `${'x'.repeat(511)}\ufffd`,
    );
    expect((await kept({ 'x-forwarded-user-agent': `${'x'.repeat(510)}💩y` }))?.user_agent).toBe(
      `${'x'.repeat(510)}💩`,
    );
  });

  test('no more of its address than an address has', async () => {
    expect((await kept({ 'cf-connecting-ip': '1'.repeat(9_000) }))?.ip).toBe('1'.repeat(45));
  });
});

describe('A header that makes no sense counts as none', () => {
  test.each(['x'.repeat(9_000), '-', 'nonsense-nonsense-nonsense', 'de-'.repeat(20)])(
    'X-Appwrite-Locale %j',
    async (locale) => {
      const user = await newUser();
      const headers = { 'x-appwrite-locale': locale };
      await api(`POST /users/${user}/sessions`, { body: {}, cf: { country: 'DE' } });
      const { body } = await api(`GET /users/${user}/sessions`, { headers });
      expect(body.sessions[0].countryName).toBe('Germany');
    },
  );

  test.each(['9'.repeat(9_000), `${'9'.repeat(400)}.0.0`, '1', 'v1.0.0', ''])(
    'X-Appwrite-Response-Format %j',
    async (format) => {
      const headers = { 'x-appwrite-response-format': format };
      const { body } = await api(`GET /users/${await newUser()}`, { headers });
      expect(body.$createdAt).toMatch(/^\d{4}-/);
    },
  );

  test.each(['', ' ', 'x'.repeat(9_000), 'ünïcode', "' OR 1=1", '[object Object]'])(
    'X-D1-Bookmark %j',
    async (bookmark) => {
      const { status, headers } = await api('GET /users', { headers: { 'x-d1-bookmark': bookmark } });
      expect([status, headers.get('x-d1-bookmark')]).toEqual([200, null]);
    },
  );

  test.each(['x', 'x'.repeat(9_000), 'not a ray at all'])('CF-Ray %j', async (ray) => {
    const { headers } = await api('GET /users', { headers: { 'cf-ray': ray } });
    expect(headers.get('x-request-id')).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });
});
