import { env } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectError } from '../support/expect';
import { faultyStores, healthy, type Operation, refusing } from '../support/faults';
import { newSession, newUser, withSession } from '../support/given';
import { ask } from '../support/worker';

stopClock();

const current = (token: string, bindings: Partial<Env> = {}) =>
  api('GET /account/sessions/current', { headers: withSession(token), env: bindings });
const verify = (token: string, bindings: Partial<Env> = {}) =>
  ask((directory) => directory.verifySession(token), bindings);

/** The stores, and what is asked of them. */
function counted() {
  const asked: Operation['on'][] = [];
  const { stores } = faultyStores((operation, go) => {
    asked.push(operation.on);
    return healthy(operation, go);
  });
  return { asked, stores };
}

/** A user that was seen just now, so that nothing is to be noted of its uses for a day. */
async function newSeenUser(): Promise<string> {
  const user = await newUser();
  await current((await newSession(user)).token);
  return user;
}

describe('A check of a session that KV has a copy of', () => {
  test('is one read of KV, and nothing of D1', async () => {
    const { token } = await newSession(await newSeenUser());
    for (const check of [current, verify]) {
      const { asked, stores } = counted();
      await check(token, stores);
      expect(asked).toEqual(['kv.get']);
    }
  });

  test('makes the copy anew after the answer where less than 20 seconds of it are left', async () => {
    const { token } = await newSession(await newSeenUser());
    passTime(40_000);
    expect(await askedBy(token)).toEqual(['kv.get']);
    passTime(1);
    expect(await askedBy(token)).toEqual(['kv.get', 'd1.query', 'kv.put']);
    passTime(40_000);
    expect(await askedBy(token)).toEqual(['kv.get']);
  });

  test('needs no D1 while the copy counts, and is 503 with Retry-After once it does not', async () => {
    const { token } = await newSession(await newUser());
    const { stores } = faultyStores(refusing(/d1/));
    passTime(59_999);
    expect((await current(token, stores)).status).toBe(200);
    expect(await verify(token, stores)).not.toBeNull();
    passTime(1);
    const answer = await current(token, stores);
    expectError(answer, 'general_service_unavailable');
    expect(answer.headers.get('retry-after')).toBe('1');
    await expect(verify(token, stores)).rejects.toThrow('The user directory is temporarily unavailable.');
    expect((await current(token)).status).toBe(200);
  });
});

describe('A check of a session that KV has no copy of', () => {
  test('asks D1, and makes one after the answer', async () => {
    const { stores } = faultyStores(refusing(/kv.put/));
    const made = await api(`POST /users/${await newSeenUser()}/sessions`, { env: stores });
    expect(made.status).toBe(201);
    expect(await askedBy(made.body.secret)).toEqual(['kv.get', 'd1.query', 'kv.put']);
    expect(await askedBy(made.body.secret)).toEqual(['kv.get']);
  });

  test('does not mind that KV takes none, or can’t be read', async () => {
    const { token } = await newSession(await newUser());
    const { stores } = faultyStores(refusing(/kv/));
    expect((await current(token, stores)).status).toBe(200);
    expect(await verify(token, stores)).not.toBeNull();
  });

  test('does not take what is no copy for one', async () => {
    const { token } = await newSession(await newUser());
    const [key] = (await env.SESSIONS.list()).keys.slice(-1);
    for (const value of ['null', '[]', '{}', '{"until":9e15}', 'not JSON']) {
      for (const { name } of (await env.SESSIONS.list()).keys) await env.SESSIONS.put(name, value);
      expect(await verify(token), value).not.toBeNull();
    }
    expect(key).toBeDefined();
  });

  test.each(['D1_ERROR: Network connection lost.', 'anything that D1 may ever say'])(
    'is 503 where D1 fails with %j, never “valid” and never 401',
    async (message) => {
      const { stores } = faultyStores(({ on }, go) =>
        on === 'kv.put' ? go() : Promise.reject(new Error(message)),
      );
      const { token } = await newSession(await newUser());
      expectError(await current(token, stores), 'general_service_unavailable');
      await expect(verify(token, stores)).rejects.toThrow(/^The user directory is temporarily unavailable/);
    },
  );
});

test('A caller that asks for a read replica has its session and its user checked by the primary nonetheless', async () => {
  const { token } = await newSession(await newUser());
  const replica = new Proxy(env.DB, {
    get(target, name) {
      if (name === 'withSession') throw new Error('a replica was asked');
      const method: unknown = Reflect.get(target, name);
      return typeof method === 'function' ? method.bind(target) : method;
    },
  });
  passTime(60_000);
  const headers = { ...withSession(token), 'x-d1-bookmark': 'first-unconstrained' };
  for (const route of ['GET /account/sessions/current', 'GET /account', 'GET /account/sessions']) {
    const answer = await api(route, { headers, env: { DB: replica } });
    expect([answer.status, answer.headers.get('x-d1-bookmark')]).toEqual([200, null]);
  }
});

test('A server that asks for a read replica is told how new it was', async () => {
  const answer = await api('GET /users', { headers: { 'x-d1-bookmark': 'first-unconstrained' } });
  expect([answer.status, answer.headers.get('x-d1-bookmark')]).toEqual([200, expect.stringMatching(/./)]);
});

async function askedBy(token: string): Promise<string[]> {
  const { asked, stores } = counted();
  expect((await current(token, stores)).status).toBe(200);
  return asked;
}
