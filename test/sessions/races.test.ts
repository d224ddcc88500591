import { expect, test } from 'vitest';
import { forgetEnded } from '../../src/secrets/lookups';
import { api } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { type Fault, faultyStores, holding, kvElsewhere } from '../support/faults';
import { newSession, newUser } from '../support/given';
import { ask } from '../support/worker';

/*
 * A check and a revocation that meet. Whichever comes first where: 60 seconds after the revocation every check refuses.
 */

stopClock();

const check = (token: string, env: Partial<Env> = {}) =>
  ask((directory) => directory.verifySession(token), env);
const checkFresh = (token: string, env: Partial<Env> = {}) =>
  ask((directory) => directory.verifySession(token, { fresh: true }), env);

/** A revocation by another instance, of which this one knows nothing. */
const elsewhere = (revoke: () => Promise<unknown>) => async () => {
  await revoke();
  forgetEnded();
};

/** Starts a check whose operations of a kind are held back, and revokes the session meanwhile. */
async function raceWith(
  token: string,
  { fault, isHolding, release }: ReturnType<typeof holding>,
  revoke: () => Promise<unknown>,
  start = checkFresh,
): Promise<unknown> {
  const answer = start(token, faultyStores(fault).stores);
  await isHolding;
  passTime(5_000);
  await revoke();
  passTime(5_000);
  release();
  return answer;
}

async function newRevocable() {
  const user = await newUser();
  const { id, token } = await newSession(user);
  return { token, revoke: () => api(`DELETE /users/${user}/sessions/${id}`) };
}

test('A copy that is written after the revocation, by a check that read D1 before it, ends within 60 seconds', async () => {
  const { token, revoke } = await newRevocable();
  expect(await raceWith(token, holding(/kv.put/), elsewhere(revoke))).not.toBeNull();
  // The copy is there, five seconds after the revocation.
  expect(await check(token)).not.toBeNull();
  expect(await checkFresh(token)).toBeNull();
  passTime(50_000);
  expect(await check(token)).toBeNull();
});

test('So does one that is renewed while it serves', async () => {
  const { token, revoke } = await newRevocable();
  passTime(45_000);
  await raceWith(token, holding(/kv.put/), elsewhere(revoke), check);
  expect(await checkFresh(token)).toBeNull();
  passTime(55_000);
  expect(await check(token)).toBeNull();
});

test('So does one that D1 was slow to tell of: its time counts from before D1 was asked', async () => {
  const { token, revoke } = await newRevocable();
  expect(await raceWith(token, holding(/d1.query/, 'answer'), elsewhere(revoke))).not.toBeNull();
  expect(await check(token)).not.toBeNull();
  passTime(50_000);
  expect(await check(token)).toBeNull();
});

test.each([
  ['KV is slow to take it', holding(/kv.put/)],
  ['D1 was slow to tell of it', holding(/d1.query/, 'answer')],
] as const)(
  'A copy that is written after a revocation by the same instance is gone at once, where %s',
  async (_, held) => {
    const { token, revoke } = await newRevocable();
    await raceWith(token, held, revoke);
    expect(await check(token)).toBeNull();
  },
);

test('A check that waits for D1 while the session is revoked makes no copy', async () => {
  const { token, revoke } = await newRevocable();
  expect(await raceWith(token, holding(/d1.query/), revoke)).toBeNull();
  expect(await check(token)).toBeNull();
});

test('A location whose KV cache holds a deleted copy refuses it 60 seconds after the revocation', async () => {
  const { token, revoke } = await newRevocable();
  const there = { SESSIONS: kvElsewhere() };
  passTime(39_000);
  // Cached there until 99 seconds after the copy was made, which counts for 60.
  expect(await check(token, there)).not.toBeNull();
  await revoke();
  expect(await check(token)).toBeNull();
  expect(await check(token, there)).not.toBeNull();
  passTime(21_000);
  expect(await check(token, there)).toBeNull();
});

test('A location whose KV cache holds a miss asks D1, and loses no session', async () => {
  const { token, revoke } = await newRevocable();
  const there = { SESSIONS: kvElsewhere() };
  const refusingCopies: Fault = ({ on }, go) => (on === 'kv.get' ? Promise.reject(new Error('out')) : go());
  expect(await check(token, faultyStores(refusingCopies).stores)).not.toBeNull();
  passTime(61_000);
  expect(await check(token, there)).not.toBeNull();
  passTime(1_000);
  expect(await check(token, there)).not.toBeNull();
  await revoke();
  expect(await check(token, there)).toBeNull();
});

test('A session that is extended while it is revoked stays revoked', async () => {
  const user = await newUser();
  const { token, id } = await newSession(user);
  const { fault, isHolding, release } = holding(/kv.put/);
  const headers = { 'x-appwrite-key': null, 'x-appwrite-session': token };
  const extended = api('PATCH /account/sessions/current', { headers, env: faultyStores(fault).stores });
  await isHolding;
  await api(`DELETE /users/${user}/sessions/${id}`);
  release();
  expect((await extended).status).toBe(200);
  expect(await checkFresh(token)).toBeNull();
  passTime(60_000);
  expect(await check(token)).toBeNull();
});
