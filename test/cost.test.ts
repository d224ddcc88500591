import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, test } from 'vitest';
import worker from '../src/index';
import { requestOf } from './support/api';
import { type AppEndpoint, namedEndpoints, nameOf, toApi, validCall } from './support/calls';
import { recordingD1, type Trip } from './support/recordingD1';
import { rows } from './support/rows';

/** Round trips to D1 that an answer waits for, where they are not one. */
const ROUNDS: Readonly<Record<string, number>> = {
  'GET /': 0,
  'GET /openapi.json': 0,
  'GET /reference': 0,
  'GET /health/version': 0,
  'GET /project/configuration': 0,
  // A password is read before it can be verified.
  'PATCH /account/password': 2,
  // So is the secret of an authenticator.
  'PUT /account/mfa/authenticators/:type': 2,
  'PUT /account/mfa/challenges': 2,
  'PUT /account/mfa/challenge': 2,
  'POST /account/sessions': 2,
  'POST /account/sessions/email': 2,
};

/** What goes on after an answer: counts of reads, notes of uses, and the removal of sessions whose copies are gone. */
const AFTER_THE_ANSWER = [
  /^insert into "usage"/,
  /^update "sessions" set "used_at" = \? where/,
  /^update "users" set "accessed_at" = \? where/,
  /^delete from "sessions" where .*"revoked_at" is not null/,
];

const isAfter = (trip: Trip) =>
  trip.every(({ query }) => AFTER_THE_ANSWER.some((known) => known.test(query)));

/** Makes a valid call of an endpoint, and tells what it sent to D1 and how often its answer waited for it. */
async function record(endpoint: AppEndpoint): Promise<{ trips: Trip[]; rounds: number }> {
  const [route, call] = toApi(endpoint, await validCall(endpoint));
  const { binding, trips, roundsOf } = recordingD1();
  const ctx = createExecutionContext();
  // From an address, as every real call: what is counted by it makes statements longer.
  const headers = { ...call.headers, 'cf-connecting-ip': '2001:db8::1' };
  const answer = worker.fetch(requestOf(route, { ...call, headers }), { ...env, DB: binding }, ctx);
  const rounds = await roundsOf(answer);
  const { status } = await answer;
  expect(status).toBe(endpoint.status);
  await waitOnExecutionContext(ctx);
  return { trips: [...trips], rounds };
}

type Ask = () => Promise<unknown>;

describe('The measure itself', () => {
  test.each([
    [3, 'trips that wait for one another', (ask: Ask) => ask().then(ask).then(ask)],
    [1, 'trips side by side', (ask: Ask) => Promise.all([ask(), ask()])],
    [0, 'no trip at all', () => Promise.resolve()],
  ])('counts %i for %s', async (expected, _, request) => {
    const { binding, roundsOf } = recordingD1();
    expect(await roundsOf(request(() => binding.prepare('SELECT 1').run()))).toBe(expected);
  });

  test('tells a scan from a search', async () => {
    const plans = async (query: string) =>
      (await rows(`EXPLAIN QUERY PLAN ${query}`)).map(({ detail }) => isScan(String(detail)));
    expect(await plans('SELECT * FROM users')).toEqual([true]);
    expect(await plans("SELECT * FROM users AS u WHERE u.prefs = 'x'")).toEqual([true]);
    expect(await plans('SELECT count(*) FROM activity')).toEqual([true]);
    expect(await plans("SELECT * FROM users WHERE id = 'x'")).toEqual([false]);
    expect(await plans('SELECT * FROM users WHERE seq > 0 ORDER BY seq LIMIT 25')).toEqual([false]);
  });
});

/** Calls that end in a failed try, from an address that is known, and how often they wait for D1. */
const failing: Readonly<Record<string, number>> = {
  'POST /account/sessions/email': 2,
  'POST /account/sessions/token': 1,
  'PATCH /account/password': 2,
  'PUT /account/mfa/authenticators/:type': 2,
  'PUT /account/mfa/challenges': 2,
};

test.each(namedEndpoints.filter(([name]) => name in failing))(
  'A failed try of %s is counted by index, a row for its account and one for its address',
  async (name, endpoint) => {
    const valid = await validCall(endpoint);
    const wrong = { password: 'wrong horse', oldPassword: 'wrong horse', secret: 'wrong', otp: 'wrong' };
    const used = Object.entries(wrong).filter(([field]) => field in (valid.body ?? {}));
    const [field = '', value = ''] = used.at(-1) ?? [];
    const [route, call] = toApi(endpoint, { ...valid, body: { ...valid.body, [field]: value } });
    const headers = { ...call.headers, 'cf-connecting-ip': '192.0.2.1' };
    const { binding, trips, roundsOf } = recordingD1();
    const before = (await rows('SELECT * FROM failures')).length;
    const ctx = createExecutionContext();
    const answer = worker.fetch(requestOf(route, { ...call, headers }), { ...env, DB: binding }, ctx);
    expect(await roundsOf(answer)).toBe(failing[name]);
    expect((await answer).status).toBe(401);
    await waitOnExecutionContext(ctx);
    expect((await rows('SELECT * FROM failures')).length - before).toBe(2);
    await expectNoScan(endpoint, trips);
  },
);

describe.each(namedEndpoints)('%s', (_, endpoint) => {
  const expected = ROUNDS[nameOf(endpoint)] ?? 1;

  test(`answers after ${expected} round trip(s) to D1`, async () => {
    const { trips, rounds } = await record(endpoint);
    const advice = `${nameOf(endpoint)} waits for D1 ${rounds} times: put its statements into one db.batch; where one needs what another tells, add a line to ROUNDS in test/cost.test.ts that says why`;
    expect(rounds, advice).toBe(expected);
    expect(trips.filter((trip) => !isAfter(trip))).toHaveLength(expected);
  });

  test('finds its rows by an index: no statement scans a table', async () => {
    const { trips } = await record(endpoint);
    await expectNoScan(endpoint, trips);
  });
});

/** Asserts that each statement that the endpoint sent finds its rows by an index. */
async function expectNoScan(endpoint: AppEndpoint, trips: readonly Trip[]): Promise<void> {
  for (const { query, values } of trips.flat()) {
    const plan = await rows(`EXPLAIN QUERY PLAN ${query}`, ...values);
    expect(
      scansOf(plan.map(({ detail }) => String(detail))),
      `${nameOf(endpoint)} scans a table: add an index to src/db/schema/, or rewrite ${query}`,
    ).toEqual([]);
  }
}

/** The lines of a query plan that read a whole table or index; what the statement itself made is none. */
function scansOf(plan: readonly string[]): string[] {
  const made = plan.flatMap((line) => /^(?:CO-ROUTINE|MATERIALIZE) (\S+)/.exec(line)?.[1] ?? []);
  return plan.filter((line) => isScan(line) && !made.some((name) => line === `SCAN ${name}`));
}

/** Whether a line of a query plan reads a whole table or index. */
function isScan(detail: string): boolean {
  return (
    /^SCAN /.test(detail) &&
    !/^SCAN (CONSTANT ROW|\(subquery-\d+\)|(list_(page|weight|own)|import_(found|matched|teams)|judged|these|chosen|there|gone)$|.* VIRTUAL TABLE INDEX)/.test(
      detail,
    )
  );
}
