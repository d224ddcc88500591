import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { SHIELD_LIMIT, SHIELD_PERIOD } from '../../src/guessing/shield';
import worker from '../../src/index';
import wrangler from '../../wrangler.toml?raw';
import { api, requestOf } from '../support/api';
import { stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { freshId, newUser, withSession } from '../support/given';
import { guestAt, newToken, times, tryInVain } from '../support/guessing';
import { newChallenge, newMfaUser } from '../support/mfa';
import { NOW } from '../support/models';
import { recordingD1 } from '../support/recordingD1';

stopClock();
afterEach(() => vi.restoreAllMocks());

/** A limiter that remembers what it was asked for. */
function limiter(success = true) {
  const keys: string[] = [];
  const SIGN_IN_LIMITER: RateLimit = {
    async limit({ key }) {
      keys.push(key);
      return { success };
    },
  };
  return { keys, bindings: { SIGN_IN_LIMITER } };
}

const body = () => ({ userId: freshId('nobody'), secret: 'wrong' });
const attempt = (bindings: Partial<Env>, headers: Record<string, string | null> = guestAt('192.0.2.1')) =>
  api('POST /account/sessions/token', { body: body(), headers, env: bindings });

describe('A flood of sign-ins from an address', { timeout: 30_000 }, () => {
  test('is turned away before it costs a query, with what a client needs to wait', async () => {
    const { binding, trips } = recordingD1();
    const { bindings } = limiter(false);
    for (const [route, body] of [
      ['POST /account/sessions/email', { email: 'a@example.com', password: 'wrong horse' }],
      ['POST /account/sessions', { email: 'a@example.com', password: 'wrong horse' }],
      ['POST /account/sessions/token', { userId: 'a', secret: 'wrong' }],
    ] as const) {
      const answer = await api(route, {
        body,
        headers: guestAt('192.0.2.1'),
        env: { ...bindings, DB: binding },
      });
      expectError(answer, 'general_rate_limit_exceeded');
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'retry-after': '10',
        'x-ratelimit-limit': '1000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(NOW.ms / 1000) + 10),
      });
    }
    expect(trips).toEqual([]);
  });

  test('is told what the binding is set to', () => {
    expect(wrangler).toContain(`simple = { limit = ${SHIELD_LIMIT}, period = ${SHIELD_PERIOD} }`);
  });

  test('is one of the whole /64, and the limiter is told neither address nor account', async () => {
    const { keys, bindings } = limiter();
    for (const ip of ['2001:db8:1:2::1', '2001:db8:1:2::2', '2001:db8:1:3::1'])
      await attempt(bindings, guestAt(ip));
    expect(new Set(keys).size).toBe(2);
    for (const key of keys) expect(key).toMatch(/^address:[0-9a-f]{32}$/);
  });

  test('is told to a page, too', async () => {
    const origin = 'https://app.test';
    const { bindings } = limiter(false);
    const answer = await api('POST /account/sessions/token', {
      body: body(),
      headers: { ...guestAt('192.0.2.1'), origin },
      env: { ...bindings, ALLOWED_ORIGINS: origin },
    });
    expectError(answer, 'general_rate_limit_exceeded');
    const exposed = answer.headers.get('access-control-expose-headers')?.toLowerCase().split(', ');
    const told = [...answer.headers.keys()].filter((name) => /^(retry-after|x-ratelimit-)/.test(name));
    expect(told).toHaveLength(4);
    for (const name of told) expect(exposed).toContain(name);
  });

  test('is none where a server signs its users in, a user shows its session, or no address is known', async () => {
    const { keys, bindings } = limiter(false);
    const user = await newUser();
    const call = { headers: { 'cf-connecting-ip': '192.0.2.1' }, env: bindings };
    const secret = await newToken(user);
    const signedIn = await api('POST /account/sessions/token', { ...call, body: { userId: user, secret } });
    expect(signedIn.status).toBe(201);
    const { token } = await newMfaUser();
    const answered = await api('PUT /account/mfa/challenges', {
      headers: { ...withSession(token), 'cf-connecting-ip': '192.0.2.1' },
      body: { challengeId: await newChallenge(token), otp: '000000x' },
      env: bindings,
    });
    expect(answered.status).toBe(401);
    expect((await attempt(bindings, guestAt())).status).toBe(401);
    expect(keys).toEqual([]);
  });

  test('is let in where the limiter fails, and the log says so; what fails is counted all the same', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const SIGN_IN_LIMITER: RateLimit = { limit: () => Promise.reject(new Error('out')) };
    const statuses = await tryInVain(51, () => attempt({ SIGN_IN_LIMITER }, guestAt('192.0.2.9')));
    expect(statuses).toEqual([...times(50, 401), 429]);
    expect(warn.mock.calls.join()).toContain('The rate limiter of sign-ins failed');
  });
});

test('A deployment without a limiter works and counts, and says so in its log with its first request', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const bare = { ...env };
  Reflect.deleteProperty(bare, 'SIGN_IN_LIMITER');
  const statuses = [];
  for (let n = 0; n < 11; n++) {
    const ctx = createExecutionContext();
    const request = requestOf('POST /account/sessions/token', {
      body: { userId: 'nobody', secret: 'wrong' },
      headers: guestAt('192.0.2.99'),
    });
    statuses.push((await worker.fetch(request, bare, ctx)).status);
    await waitOnExecutionContext(ctx);
  }
  expect(statuses).toEqual([...times(10, 401), 429]);
  expect(warn.mock.calls).toEqual([
    ['No rate limiter is bound as SIGN_IN_LIMITER: nothing shields the database from floods of sign-ins.'],
  ]);
});
