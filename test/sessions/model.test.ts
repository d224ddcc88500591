import { env } from 'cloudflare:test';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Answer, api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { dyingAfter, faultyStores, healthy, holding, kvElsewhere } from '../support/faults';
import { UNLIMITED, withSession } from '../support/given';
import { emptyStores, rows } from '../support/rows';
import { ask, cron } from '../support/worker';
import {
  type Action,
  action,
  faults,
  type SessionAction,
  type SlowCheck,
  type Trouble,
  USERS,
  type UserAction,
} from './actions';
import { allowedVerdicts, isLive, type PromisedSession, PromisedSessions, type Verdict } from './promise';

stopClock();

const SETTINGS = { SESSION_LIMIT: '3', SESSION_DURATION: '150', SESSION_MAX_LIFETIME: '200' };
const DURATION = 150_000;
const MAX_LIFETIME = 200_000;

/** What a user signs in with. */
async function tokenOf(userId: string) {
  const { body } = await api(`POST /users/${userId}/tokens`, { body: {} });
  return { userId, secret: body.secret };
}

/** A route, and what is sent there. */
type Change = readonly [route: string, what: object];

/** The service, asked through everything that can go wrong, beside the promise that it must keep. */
class Run {
  readonly promised = new PromisedSessions(Number(SETTINGS.SESSION_LIMIT));
  /** One location whose KV cache outlives deletions, for the whole run. */
  readonly #there = kvElsewhere();

  async perform(act: Action): Promise<void> {
    if (act.do === 'wait') passTime(act.ms);
    else if (act.do === 'wait for the bound') await this.#waitForTheBound();
    else if (act.do === 'cron') await this.#call(act.trouble, (stores) => cron(stores).catch(() => null));
    else if (act.do === 'slow check') await this.#slowCheck(act);
    else if (act.do === 'check') await this.#check(this.#session(act.which), act);
    else if ('user' in act) await this.#changeUser(act);
    else await this.#changeSession(act);
  }

  async #waitForTheBound(): Promise<void> {
    const last = Math.max(0, ...this.promised.all.map(({ revokedAt }) => revokedAt ?? 0));
    passTime(Math.max(0, last + 60_000 - Date.now()));
    for (const session of this.promised.all) {
      await this.#check(session, { fresh: false, there: false, trouble: 'none' });
    }
  }

  /** @returns the answer; null where the Worker died, after D1 had committed */
  async #call<T>(
    trouble: Trouble,
    call: (stores: Pick<Env, 'DB' | 'SESSIONS'>) => Promise<T>,
  ): Promise<T | null> {
    if (trouble !== 'death') return call(faultyStores(faults[trouble]).stores);
    const { fault, death } = dyingAfter(/d1.batch/);
    return Promise.race([call(faultyStores(fault).stores), death.then(() => null)]);
  }

  async #changeUser({ do: what, user, trouble }: UserAction): Promise<void> {
    const calls: Readonly<Record<UserAction['do'], Change>> = {
      create: [`POST /users/${user}/sessions`, {}],
      'sign in': ['POST /account/sessions/token', what === 'sign in' ? await tokenOf(user) : {}],
      'revoke all': [`DELETE /users/${user}/sessions`, {}],
      block: [`PATCH /users/${user}/status`, { status: false }],
      unblock: [`PATCH /users/${user}/status`, { status: true }],
      delete: [`DELETE /users/${user}`, {}],
      password: [`PATCH /users/${user}/password`, { password: 'correct horse' }],
    };
    const [route, body] = calls[what];
    const answer = await this.#call(trouble, (stores) =>
      api(route, { body, env: { ...stores, ...SETTINGS, ...UNLIMITED } }),
    );
    if (answer?.status === 503) return expect(trouble).toBe('no D1');
    const now = Date.now();
    if (what === 'create' || what === 'sign in') return this.#created(user, what === 'sign in', answer);
    if (answer !== null) expect(answer.status).toBeLessThan(300);
    if (what === 'block') this.promised.block(user, now);
    else if (what === 'unblock') this.promised.unblock(user);
    else this.promised.revokeAll(user, now);
    if (what !== 'delete') return;
    this.promised.unblock(user);
    // Somebody else takes the ID.
    await api('POST /users', { body: { userId: user } });
  }

  #created(user: string, bySignIn: boolean, answer: Answer | null): void {
    if (this.promised.isBlocked(user)) {
      if (answer !== null) expect(answer.body.type).toBe('user_blocked');
      return;
    }
    if (answer !== null) expect(answer.status).toBe(201);
    const held = answer === null ? null : { id: answer.body.$id, token: answer.body.secret };
    const createdAt = Date.now();
    const session = { user, bySignIn, held, createdAt, expire: createdAt + DURATION, revokedAt: null };
    this.promised.add(session, createdAt);
  }

  async #changeSession({ do: what, which, trouble }: SessionAction): Promise<void> {
    const session = this.#session(which);
    if (!session?.held) return;
    const { id, token } = session.held;
    const asUser = { headers: withSession(token) };
    const calls: Readonly<Record<SessionAction['do'], Change>> = {
      revoke: [`DELETE /users/${session.user}/sessions/${id}`, {}],
      'sign out': ['DELETE /account/sessions/current', asUser],
      extend: ['PATCH /account/sessions/current', asUser],
    };
    const [route, call] = calls[what];
    const answer = await this.#call(trouble, (stores) =>
      api(route, { ...call, env: { ...stores, ...SETTINGS } }),
    );
    if (answer?.status === 503) return expect(trouble).toBe('no D1');
    const wasLive = isLive(session, Date.now());
    if (answer !== null) expect(answer.status < 300, `${what}: ${answer.text}`).toBe(wasLive);
    if (!wasLive) return;
    if (what === 'extend') session.expire = Math.min(Date.now() + DURATION, session.createdAt + MAX_LIFETIME);
    else session.revokedAt = Date.now();
  }

  async #slowCheck({ which, slow, meanwhile }: SlowCheck): Promise<void> {
    const token = this.#session(which)?.held?.token;
    const { fault, isHolding, release } = slow === 'D1' ? holding(/d1.query/, 'answer') : holding(/kv.put/);
    const checked = ask(
      (directory) => directory.verifySession(token, { fresh: true }),
      faultyStores(fault).stores,
    );
    await Promise.race([isHolding, checked]);
    for (const act of meanwhile) await this.perform(act);
    release();
    await checked;
  }

  async #check(
    session: PromisedSession | undefined,
    { fresh, there, trouble }: { fresh: boolean; there: boolean; trouble: Trouble },
  ): Promise<void> {
    if (!session?.held) return;
    const { token } = session.held;
    const fault = trouble === 'death' ? healthy : faults[trouble];
    const { stores } = faultyStores(fault, there ? this.#there : env.SESSIONS);
    const verdict = await ask((directory) => directory.verifySession(token, { fresh }), stores).then(
      (told): Verdict => (told === null ? 'refused' : 'valid'),
      (): Verdict => 'unavailable',
    );
    const allowed = allowedVerdicts(session, Date.now(), { fresh, isD1Out: trouble === 'no D1' });
    expect(allowed, `${JSON.stringify({ session, fresh, there, trouble, now: Date.now() })}`).toContain(
      verdict,
    );
  }

  #session = (which: number) => this.promised.all.at(-1 - which);

  /** Every session in every way, and what users are told to have. */
  async checkAll(): Promise<void> {
    for (const session of this.promised.all) {
      for (const fresh of [true, false]) {
        for (const there of [true, false]) await this.#check(session, { fresh, there, trouble: 'none' });
      }
    }
    for (const user of USERS) {
      const { body } = await api(`GET /users/${user}/sessions`);
      const expected = this.promised
        .liveOf(user, Date.now())
        .map(({ held }) => held?.id ?? expect.any(String));
      expect(body.sessions.map(({ $id }: { $id: string }) => $id)).toEqual(expected);
    }
  }
}

test('Any interleaving of sessions, checks, revocations and faults keeps the promise', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 40 }), async (actions) => {
      await emptyStores();
      for (const userId of USERS) await api('POST /users', { body: { userId } });
      const run = new Run();
      for (const act of actions) await run.perform(act);
      await run.checkAll();
      passTime(60_000);
      await run.checkAll();
      await cron();
      expect(
        await rows('SELECT id FROM sessions WHERE revoked_at IS NOT NULL OR expire <= ?', Date.now()),
      ).toEqual([]);
      await run.checkAll();
    }),
    { numRuns: 30 },
  );
});
