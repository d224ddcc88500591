import { env } from 'cloudflare:test';
import { beforeEach, describe, expect, test } from 'vitest';
import { hashSecret } from '../../src/secrets/secrets';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import {
  dyingAfter,
  type Fault,
  faultyStores,
  healthy,
  kvElsewhere,
  refusing,
  refusingFirst,
} from '../support/faults';
import { newUser, signedIn, signInAs, withSession } from '../support/given';
import { emptyStores, rows } from '../support/rows';
import { ask, cron } from '../support/worker';

stopClock();
beforeEach(emptyStores);

type Stores = Pick<Env, 'SESSIONS' | 'DB'>;
interface Held {
  readonly id: string;
  readonly token: string;
}

/** What ends sessions of a user that has three, and which of them it must leave alone. */
interface Way {
  readonly spares: readonly (0 | 1 | 2)[];
  revoke(user: string, sessions: readonly [Held, Held, Held], env: Stores): Promise<unknown>;
}

const ways: Readonly<Record<string, Way>> = {
  'a server deletes one': {
    spares: [1, 2],
    revoke: (user, [{ id }], env) => api(`DELETE /users/${user}/sessions/${id}`, { env }),
  },
  'a server deletes all': {
    spares: [],
    revoke: (user, _, env) => api(`DELETE /users/${user}/sessions`, { env }),
  },
  'the user signs out': {
    spares: [1, 2],
    revoke: (_, [{ token }], env) =>
      api('DELETE /account/sessions/current', { headers: withSession(token), env }),
  },
  'the user signs out everywhere': {
    spares: [],
    revoke: (_, [{ token }], env) => api('DELETE /account/sessions', { headers: withSession(token), env }),
  },
  'the user changes its password': {
    spares: [0],
    revoke: (_, [{ token }], env) =>
      api('PATCH /account/password', { body: { password: 'a new horse' }, headers: withSession(token), env }),
  },
  'a server changes the password': {
    spares: [],
    revoke: (user, _, env) =>
      api(`PATCH /users/${user}/password`, { body: { password: 'a new horse' }, env }),
  },
  'the user is blocked, and unblocked': {
    spares: [],
    async revoke(user, _, env) {
      await api(`PATCH /users/${user}/status`, { body: { status: false }, env });
      await api(`PATCH /users/${user}/status`, { body: { status: true }, env });
    },
  },
  'the user is deleted': { spares: [], revoke: (user, _, env) => api(`DELETE /users/${user}`, { env }) },
  'a newer session goes beyond the limit': {
    spares: [1, 2],
    revoke: (user, _, env) => signInAs(user, { ...env, SESSION_LIMIT: '3' }),
  },
  'another Worker revokes one': {
    spares: [1, 2],
    revoke: (_, [{ id }], env) => ask((directory) => directory.revokeSession(id), env),
  },
};

/** What befalls the request, and afterwards the cron trigger; `death` tells that the request will never end. */
interface Trouble {
  readonly request: Fault;
  readonly later: Fault;
  readonly death?: Promise<void>;
}

const lasting = (fault: Fault): Trouble => ({ request: fault, later: fault });
const deadly = ({ fault, death }: ReturnType<typeof dyingAfter>): Trouble => ({
  request: fault,
  later: healthy,
  death,
});

const troubles: readonly [name: string, make: () => Trouble][] = [
  ['nothing fails', () => lasting(healthy)],
  ['KV fails to delete once', () => lasting(refusingFirst(1, /kv.delete/))],
  ['KV fails to delete ten times', () => lasting(refusingFirst(10, /kv.delete/))],
  [
    'KV fails to delete for an hour',
    () => {
      const end = Date.now() + 3_600_000;
      return lasting(refusing(/kv.delete/, () => Date.now() < end));
    },
  ],
  ['the Worker dies between D1 and KV', () => deadly(dyingAfter(/d1.batch/))],
  ['the Worker dies after the first deletion in KV', () => deadly(dyingAfter(/kv.delete/))],
  [
    'D1 fails after the answer, when the rows are to be removed',
    () => lasting(refusingFirst(1, /d1.query/, /^delete from "sessions"/)),
  ],
];

/** The longest trouble is an hour; the cron trigger has a minute more. */
const MAX_MINUTES = 61;

// An hour of cron runs takes its time on a busy machine.
describe.each(Object.entries(ways))('When %s', { timeout: 30_000 }, (_, way) => {
  test.each(troubles)('and %s: what is revoked ends in time, what lives stays', async (_, make) => {
    const user = await newUser();
    const all = [await signedIn(user), await signedIn(user), await signedIn(user)] as const;
    const spared = way.spares.map((i) => all[i]);
    const doomed = all.filter((session) => !spared.includes(session));
    // A location whose KV cache has just read them all.
    const there = { SESSIONS: kvElsewhere() };
    expect(await live(all, (token) => check(token, there))).toEqual(all);

    const { request, later, death } = make();
    const { stores, befall } = faultyStores(request);
    await Promise.race([way.revoke(user, all, stores), ...(death === undefined ? [] : [death])]);
    befall(later);

    expect(await live(all, checkFresh)).toEqual(spared);
    expect(await live(spared, check)).toEqual(spared);
    expect(await live(spared, (token) => check(token, there))).toEqual(spared);
    const listed = await listedOf(user);
    for (const { id } of spared) expect(listed).toContain(id);
    for (const { id } of doomed) expect(listed).not.toContain(id);

    passTime(60_000);
    for (let minutes = 0; ; minutes++) {
      expect(await live(all, check)).toEqual(spared);
      expect(await live(all, (token) => check(token, there))).toEqual(spared);
      if ((await marked()) === 0) break;
      expect(minutes, 'minutes until the cron trigger has cleared all').toBeLessThan(MAX_MINUTES);
      await cron(stores);
      passTime(60_000);
    }
    for (const { token } of doomed) expect(await copyOf(token)).toBeNull();
    for (const { id } of doomed) expect(await rows('SELECT 1 FROM sessions WHERE id = ?', id)).toEqual([]);
  });
});

const check = (token: string, env: Partial<Env> = {}) =>
  ask((directory) => directory.verifySession(token), env);
const checkFresh = (token: string) => ask((directory) => directory.verifySession(token, { fresh: true }));

/** Those of these sessions that a check takes for live. */
async function live(sessions: readonly Held[], by: (token: string) => Promise<unknown>): Promise<Held[]> {
  const told = await Promise.all(sessions.map(({ token }) => by(token)));
  return sessions.filter((_, i) => told[i] !== null);
}

/** The IDs of the sessions that a user is told to have; none for a user that is no more. */
async function listedOf(user: string): Promise<string[]> {
  const { body } = await api(`GET /users/${user}/sessions`);
  return (body.sessions ?? []).map(({ $id }: { $id: string }) => $id);
}

const marked = async () => (await rows('SELECT 1 FROM sessions WHERE revoked_at IS NOT NULL')).length;
const copyOf = (token: string) => env.SESSIONS.get(`session:${hashSecret(JSON.parse(atob(token)).secret)}`);
