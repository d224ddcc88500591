import { env } from 'cloudflare:test';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UserDirectory } from '../types';
import { api } from './support/api';
import { brokenD1 } from './support/brokenD1';
import { passTime, stopClock } from './support/clock';
import { newSession, newUser } from './support/given';
import { activityOf } from './support/rows';
import { ask } from './support/worker';

stopClock();

describe('The directory for other Workers', () => {
  test('tells whose session a token is', async () => {
    const user = await newUser();
    const { id, token } = await newSession(user);
    const session = {
      userId: user,
      sessionId: id,
      expiresAt: expect.any(Number),
      createdAt: expect.any(Number),
      provider: 'server',
      factors: ['server'],
      moreFactorsRequired: false,
    };
    expect(await ask((directory) => directory.verifySession(token))).toEqual(session);
    expect(await ask((directory) => directory.verifySession(token, { fresh: true }))).toEqual(session);
    expect(await ask((directory) => directory.verifySession(token, null))).toEqual(session);
  });

  test('asks KV alone where KV has a copy, and D1 where it has none', async () => {
    const { token } = await newSession(await newUser());
    const DB = brokenD1('Network connection lost.');
    expect(await ask((directory) => directory.verifySession(token), { DB })).not.toBeNull();
    await expect(
      ask((directory) => directory.verifySession(token, { fresh: true }), { DB }),
    ).rejects.toThrow();
    for (const { name } of (await env.SESSIONS.list()).keys) await env.SESSIONS.delete(name);
    await expect(ask((directory) => directory.verifySession(token), { DB })).rejects.toThrow();
    expect(await ask((directory) => directory.verifySession(token))).not.toBeNull();
    expect((await env.SESSIONS.list()).keys).toHaveLength(1);
  });

  test('takes whatever it is given for nobody’s token, and never throws', async () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.json().map((json) => btoa(unescape(encodeURIComponent(json)))),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (token) => {
        expect(await ask((directory) => directory.verifySession(token))).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  test('tells a user, but never its password', async () => {
    const user = await newUser({ email: 'rpc@example.com', password: 'correct horse', name: 'Rpc' });
    const told = await ask((directory) => directory.getUser(user));
    expect(told).toMatchObject({ id: user, email: 'rpc@example.com', name: 'Rpc', status: true, prefs: {} });
    expect(JSON.stringify(told)).not.toContain('argon2');
    expect(await ask((directory) => directory.getUser('nobody'))).toBeNull();
    expect(await ask((directory) => directory.getUser('x'.repeat(3_000_000)))).toBeNull();
  });

  test('revokes a session once, and writes who did', async () => {
    const user = await newUser();
    const { id, token } = await newSession(user);
    expect(await ask((directory) => directory.revokeSession(id))).toBe(true);
    expect(await ask((directory) => directory.revokeSession(id))).toBe(false);
    expect(await ask((directory) => directory.verifySession(token))).toBeNull();
    const last = (await activityOf(user)).at(-1);
    expect(last).toMatchObject({
      event: 'session.delete',
      resource_id: id,
      actor_type: 'system',
      actor_name: 'Service binding',
    });
  });

  test('revokes no session that is over, and takes any ID for nobody’s', async () => {
    const { body } = await api(`POST /users/${await newUser()}/sessions`, {
      env: { SESSION_DURATION: '60' },
    });
    passTime(60_000);
    expect(await ask((directory) => directory.revokeSession(body.$id))).toBe(false);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.anything()), async (id) => {
        // A consumer without types may pass anything.
        const call = (name: 'getUser' | 'revokeSession') =>
          ask(async (directory): Promise<unknown> => Reflect.apply(directory[name], directory, [id]));
        expect(await call('getUser')).toBeNull();
        expect(await call('revokeSession')).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  test('takes a token as the cookie has it, percent-encoded', async () => {
    const user = await newUser();
    const { token } = await newSession(user);
    const cookie = encodeURIComponent(token).replaceAll('e', '%65');
    expect(await ask((directory) => directory.verifySession(cookie))).toMatchObject({ userId: user });
  });

  test('tells what fails in words that hold neither statement nor parameters', async () => {
    const { token } = await newSession(await newUser());
    const calls: ((directory: UserDirectory) => Promise<unknown>)[] = [
      (directory) => directory.verifySession(token, { fresh: true }),
      (directory) => directory.getUser('ada'),
      (directory) => directory.revokeSession('ada'),
    ];
    for (const call of calls) {
      const out = ask(call, { DB: brokenD1('Network connection lost.') });
      await expect(out).rejects.toThrow(
        /^The user directory is temporarily unavailable\. Please try again\.$/,
      );
    }
    const failed = ask((directory) => directory.getUser('ada'), { DB: brokenD1('no such table') });
    await expect(failed).rejects.toThrow(
      /^The user directory failed; its log has the reason, with [\w -]+\.$/,
    );
  });
});
