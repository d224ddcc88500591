import { applyD1Migrations, env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { ROOT_KEY } from '../support/calls';
import { send, timeSideBySide } from '../support/inPool';

const PASSWORD = 'correct horse';
const BASE = 'https://bench.test/v1';

const bindings: Env = env;

/** Failed tries are written as ever, and forgotten at once: here they are many. */
const FORGET =
  'CREATE TRIGGER forget AFTER INSERT ON failures BEGIN DELETE FROM failures WHERE id = new.id; END';

async function asServer(method: string, path: string, body: unknown): Promise<void> {
  const headers = { 'x-appwrite-key': ROOT_KEY, 'content-type': 'application/json' };
  const { ok } = await send(
    new Request(BASE + path, { method, headers, body: JSON.stringify(body) }),
    bindings,
  );
  expect(ok).toBe(true);
}

function signIn(email: string, password: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ email, password });
  return send(new Request(`${BASE}/account/sessions/email`, { method: 'POST', headers, body }), bindings);
}

/** Users by the part of their address before the `@`; the last one's password was imported as a hash that is quick. */
async function fill(): Promise<void> {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await env.DB.prepare(FORGET).run();
  for (const userId of ['known', 'blocked', 'without', 'imported']) {
    const password = userId === 'without' ? {} : { password: PASSWORD };
    await asServer('POST', '/users', { userId, email: `${userId}@example.com`, ...password });
  }
  await asServer('PATCH', '/users/blocked/status', { status: false });
  await env.DB.prepare("UPDATE users SET password = ?, hash = 'md5', hash_options = ? WHERE id = 'imported'")
    .bind('3cb4e732631f47e6eb961f34554b7cde', '{"type":"md5"}')
    .run();
}

test('Refused sign-ins, side by side: their times tell nobody who is registered', {
  timeout: 120_000,
}, async () => {
  await fill();
  const cases = {
    'unknown address': 'nobody@example.com',
    'wrong password': 'known@example.com',
    'user without a password': 'without@example.com',
    'blocked user, wrong password': 'blocked@example.com',
    'imported MD5, wrong password': 'imported@example.com',
  };
  const emails = Object.values(cases);
  for (const email of emails) expect((await signIn(email, 'wrong horse')).status).toBe(401);
  const times = await timeSideBySide(
    emails.map((email) => () => signIn(email, 'wrong horse')),
    5,
  );
  const lines = Object.keys(cases).map((name, i) => `| sign-in refused: ${name} | ${times[i]?.toFixed(2)} |`);
  console.info(['| call | ms |', '| --- | --- |', ...lines].join('\n'));
});
