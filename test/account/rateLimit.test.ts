import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hashSecret } from '../../src/auth/secrets';
import worker from '../../src/index';
import { api, requestOf } from '../support/api';
import { stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { freshId, newSession, newUser, withSession } from '../support/given';
import { NOW } from '../support/models';

stopClock();
afterEach(() => vi.restoreAllMocks());

const guest = { 'x-appwrite-key': null };
const PASSWORD = 'correct horse';

async function newMember(): Promise<string> {
  const email = `${freshId('limited')}@example.com`;
  await newUser({ email, password: PASSWORD });
  return email;
}

const signIn = (email: string, bindings: Partial<Env> = {}, headers: Record<string, string | null> = guest) =>
  api('POST /account/sessions/email', { body: { email, password: PASSWORD }, headers, env: bindings });

/** A limiter that remembers what it was asked for. */
function limiter(succeeds: (key: string) => boolean = () => true) {
  const keys: string[] = [];
  const SIGN_IN_LIMITER: RateLimit = {
    async limit({ key }) {
      keys.push(key);
      return { success: succeeds(key) };
    },
  };
  return { keys, bindings: { SIGN_IN_LIMITER } };
}

describe('Sign-ins', () => {
  test('are ten a minute for an account, by the real binding, then 429 with what a client needs to wait', async () => {
    const email = await newMember();
    for (let n = 0; n < 10; n++) expect((await signIn(email)).status).toBe(201);
    const answer = await signIn(email);
    expectError(answer, 'general_rate_limit_exceeded');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'retry-after': '60',
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(NOW.ms / 1000) + 60),
    });
    expect((await signIn(await newMember())).status).toBe(201);
  });

  test('that are too many tell a page, too, how long to wait', async () => {
    const origin = 'https://app.test';
    const { bindings } = limiter(() => false);
    const answer = await api('POST /account/sessions/email', {
      body: { email: await newMember(), password: PASSWORD },
      headers: { ...guest, origin },
      env: { ...bindings, ALLOWED_ORIGINS: origin },
    });
    expectError(answer, 'general_rate_limit_exceeded');
    const exposed = answer.headers.get('access-control-expose-headers')?.toLowerCase().split(', ');
    const told = [...answer.headers.keys()].filter((name) => /^(retry-after|x-ratelimit-)/.test(name));
    expect(told).toHaveLength(4);
    for (const name of told) expect(exposed).toContain(name);
  });

  test('count for the account and the address of the caller; neither is told to the limiter', async () => {
    const email = await newMember();
    const { keys, bindings } = limiter();
    await signIn(email.toUpperCase(), bindings, { ...guest, 'cf-connecting-ip': '192.0.2.1' });
    expect(keys).toEqual([`account:${hashSecret(email)}`, `ip:${hashSecret('192.0.2.1')}`]);
  });

  test('are limited by either', async () => {
    const email = await newMember();
    for (const kind of ['account:', 'ip:']) {
      const { bindings } = limiter((key) => !key.startsWith(kind));
      const answer = await signIn(email, bindings, { ...guest, 'cf-connecting-ip': '192.0.2.1' });
      expectError(answer, 'general_rate_limit_exceeded');
    }
  });

  test('of a server count for the account alone: it stands for many people', async () => {
    const { keys, bindings } = limiter();
    await signIn(await newMember(), bindings, { 'cf-connecting-ip': '192.0.2.1' });
    expect(keys).toHaveLength(1);
  });

  test('of a user’s own, such as a change of its password, count for the user alone', async () => {
    const user = await newUser({ password: PASSWORD });
    const { token } = await newSession(user);
    const { keys, bindings } = limiter();
    const body = { password: 'another horse', oldPassword: PASSWORD };
    const headers = { ...withSession(token), 'cf-connecting-ip': '192.0.2.1' };
    expect((await api('PATCH /account/password', { body, headers, env: bindings })).status).toBe(200);
    expect(keys).toEqual([`account:${hashSecret(user)}`]);
  });

  test('go on where the limiter fails, and the log says so', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const SIGN_IN_LIMITER: RateLimit = { limit: () => Promise.reject(new Error('out')) };
    expect((await signIn(await newMember(), { SIGN_IN_LIMITER })).status).toBe(201);
    expect(warn.mock.calls.join()).toContain('The rate limiter of sign-ins failed');
  });
});

test('A deployment without a limiter works, and says so in its log with its first request', async () => {
  const email = await newMember();
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const bare = { ...env };
  Reflect.deleteProperty(bare, 'SIGN_IN_LIMITER');
  for (let n = 0; n < 12; n++) {
    const ctx = createExecutionContext();
    const request = requestOf('POST /account/sessions/email', {
      body: { email, password: PASSWORD },
      headers: guest,
    });
    expect((await worker.fetch(request, bare, ctx)).status).toBe(201);
    await waitOnExecutionContext(ctx);
  }
  expect(warn.mock.calls).toEqual([
    ['No rate limiter is bound as SIGN_IN_LIMITER: sign-ins are not limited.'],
  ]);
});
