import { env } from 'cloudflare:test';
import { expect } from 'vitest';
import { configOf } from '../../src/config';
import { KEY_PREFIX } from '../../src/request/apiKey';
import { hashSecret } from '../../src/secrets/secrets';
import { newTaggedSecret } from '../../src/secrets/tags';
import { type Answer, api, type Call } from './api';

let last = 0;

/** An ID that no other test of the file uses. */
export const freshId = (prefix = 'it') => `${prefix}-${++last}`;

/** A user made through the API. */
export async function newUser(fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const userId = freshId('user');
  const answer = await api('POST /users', { body: { userId, ...fields } });
  expect(answer.status, answer.text).toBe(201);
  return answer.body.$id;
}

/** A device of a user, made through the API. */
export async function newTarget(userId: string, fields: Readonly<Record<string, unknown>> = {}) {
  const body = {
    targetId: freshId('target'),
    providerType: 'push',
    identifier: freshId('device'),
    ...fields,
  };
  const answer = await api(`POST /users/${userId}/targets`, { body });
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body.$id);
}

/** An account of a user at another provider, made through the API. */
export async function newIdentity(userId: string, fields: Readonly<Record<string, unknown>> = {}) {
  const body = { provider: 'github', providerUid: freshId('uid'), ...fields };
  const answer = await api(`POST /users/${userId}/identities`, { body });
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body.$id);
}

/** A session made through the API, and the token that its client holds. */
export async function newSession(userId: string): Promise<{ id: string; token: string }> {
  const answer = await api(`POST /users/${userId}/sessions`, { body: {} });
  expect(answer.status, answer.text).toBe(201);
  return { id: answer.body.$id, token: answer.body.secret };
}

/**
 * A session that a user opened by signing in, with a one-time token through a server, and the token that its client
 * holds.
 * @param env bindings of the sign-in itself
 */
export async function signedIn(
  userId: string,
  env: NonNullable<Call['env']> = {},
): Promise<{ id: string; token: string }> {
  const answer = await signInAs(userId, env);
  expect(answer.status, answer.text).toBe(201);
  return { id: answer.body.$id, token: answer.body.secret };
}

/** Signs a user in with a one-time token through a server, which is told the secret. */
export async function signInAs(userId: string, env: NonNullable<Call['env']> = {}): Promise<Answer> {
  const { body } = await api(`POST /users/${userId}/tokens`, { body: {} });
  return api('POST /account/sessions/token', {
    body: { userId, secret: body.secret },
    env: { ...UNLIMITED, ...env },
  });
}

/** A limiter of sign-ins that lets everybody in, for tests that are not about it. */
export const UNLIMITED = { SIGN_IN_LIMITER: { limit: async () => ({ success: true }) } };

/** Spends what a user may still write itself: it has room again after a second. */
export const spendBudget = (userId: string) =>
  env.DB.prepare(
    `INSERT INTO budgets (user_seq, spent_until, request) SELECT seq, ?, '' FROM users WHERE id = ?
     ON CONFLICT DO UPDATE SET spent_until = excluded.spent_until`,
  )
    .bind(Date.now() + 60_000, userId)
    .run();

/** The headers of a client that shows its session. */
export const withSession = (token: string) => ({ 'x-appwrite-key': null, 'x-appwrite-session': token });

/** A row in the table of API keys, and the secret that it was stored for. */
export async function newKey(
  scopes: readonly string[],
  { expire = null, accessedAt = null }: { expire?: number | null; accessedAt?: number | null } = {},
): Promise<{ id: string; secret: string }> {
  const id = freshId('key');
  const secret = KEY_PREFIX + newTaggedSecret(configOf(env), 'key');
  await env.DB.prepare(
    `INSERT INTO keys (id, name, scopes, secret_hash, expire, accessed_at, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, 1000, 1000)`,
  )
    .bind(id, `Key ${id}`, JSON.stringify(scopes), hashSecret(secret), expire, accessedAt)
    .run();
  return { id, secret };
}

/** A webhook made through the API; it subscribes to nothing unless told. */
export async function newWebhook(
  fields: Readonly<Record<string, unknown>> = {},
  env: NonNullable<Call['env']> = {},
): Promise<string> {
  const webhookId = freshId('webhook');
  const body = {
    webhookId,
    name: 'A webhook',
    url: 'https://receiver.example.com/hook',
    events: [],
    ...fields,
  };
  const answer = await api('POST /webhooks', { body, env });
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body.$id);
}

/** A team without members. */
export async function newTeam(name = 'A team'): Promise<string> {
  const id = freshId('team');
  await env.DB.prepare('INSERT INTO teams (id, name, created_at, updated_at) VALUES (?, ?, 1000, 1000)')
    .bind(id, name)
    .run();
  return id;
}

/** A user's place in a team; confirmed unless said otherwise. */
export async function newMembership(
  teamId: string,
  userId: string,
  { roles = ['owner'], confirm = true }: { roles?: readonly string[]; confirm?: boolean } = {},
): Promise<string> {
  const id = freshId('membership');
  await env.DB.prepare(
    `INSERT INTO memberships (id, team_seq, user_seq, roles, invited, joined, confirm, created_at, updated_at)
     SELECT ?, teams.seq, users.seq, ?, 1000, ?, ?, 1000, 1000 FROM teams, users WHERE teams.id = ? AND users.id = ?`,
  )
    .bind(id, JSON.stringify(roles), confirm ? 2000 : null, Number(confirm), teamId, userId)
    .run();
  return id;
}
