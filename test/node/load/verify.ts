import * as v from 'valibot';
import { expect } from 'vitest';
import type { Server } from '../../sdk/server';
import { get, query, send } from './api';
import { type Known, type Record, TEAM } from './caller';

const counted = v.object({ total: v.number() });
const resource = v.object({ $id: v.string() });
const userModel = v.object({ name: v.string(), prefs: v.object({ n: v.optional(v.number()) }) });

/** What the Worker tells of one user. */
interface Found {
  readonly exists: boolean;
  readonly sessions: number;
  readonly isMember: boolean;
}

/**
 * Asserts that every acknowledged change is there, that none is there which nobody asked for, and that every total is
 * the number of what it counts.
 */
export async function verify(server: Server, records: readonly Record[]): Promise<void> {
  const found: Found[] = [];
  for (let from = 0; from < records.length; from += 20) {
    const some = records.slice(from, from + 20);
    found.push(...(await Promise.all(some.map((record) => verifyUser(server, record)))));
  }
  const alive = found.filter(({ exists }) => exists).length;
  expect(await countUsers(server)).toBe(alive);
  expect((await get(server, `/users?${query('limit', 1)}`, counted)).total, 'the total of users').toBe(alive);
  const members = found.filter(({ isMember }) => isMember).length;
  expect((await get(server, `/teams/${TEAM}`, counted)).total, 'the total of the team').toBe(members);
  expect((await get(server, `/teams/${TEAM}/memberships`, counted)).total, 'the memberships').toBe(members);
  const sessions = found.reduce((sum, user) => sum + user.sessions, 0);
  const usage = await get(server, '/users/usage?range=24h', v.object({ sessionsTotal: v.number() }));
  expect(usage.sessionsTotal, 'live sessions').toBe(sessions);
}

/** All users of the directory, counted page by page. */
async function countUsers(server: Server): Promise<number> {
  let count = 0;
  for (let after: string | undefined; ; ) {
    const cursor: string = after === undefined ? '' : `&${query('cursorAfter', after)}`;
    const path = `/users?${query('limit', 500)}${cursor}`;
    const { users } = await get(server, path, v.object({ users: v.array(resource) }));
    count += users.length;
    if (users.length < 500) return count;
    after = users.at(-1)?.$id;
  }
}

async function verifyUser(server: Server, { known, pending }: Record): Promise<Found> {
  const { status, body } = await send(server, [`GET /users/${known.id}`]);
  // What it is if the change that nobody acknowledged has happened.
  const maybe = pending === null ? known : pending.applied(known, '');
  expect([known.exists, maybe.exists], known.id).toContain(status === 200);
  if (status !== 200) return { exists: false, sessions: 0, isMember: false };
  const { name, prefs } = v.parse(userModel, body);
  expect([known.name, maybe.name]).toContain(name);
  expect([known.n, maybe.n]).toContain(prefs.n ?? null);
  const { sessions } = await get(
    server,
    `/users/${known.id}/sessions`,
    v.object({ sessions: v.array(resource) }),
  );
  expectSessions(
    sessions.map(({ $id }) => $id),
    known,
    maybe,
  );
  const { memberships } = await get(
    server,
    `/users/${known.id}/memberships`,
    v.object({ memberships: v.array(resource) }),
  );
  expect([known.membership !== null, maybe.membership !== null]).toContain(memberships.length === 1);
  const { total } = await get(server, `/users/${known.id}/logs`, counted);
  expect([known.changes, maybe.changes], `lines in the log of ${known.id}`).toContain(total);
  return { exists: true, sessions: sessions.length, isMember: memberships.length === 1 };
}

/** All that must be there, and at most what may be. */
function expectSessions(listed: readonly string[], known: Known, maybe: Known): void {
  const certain = known.sessions.filter((session) => maybe.sessions.includes(session));
  expect(listed).toEqual(expect.arrayContaining([...certain]));
  expect([known.sessions.length, maybe.sessions.length]).toContain(listed.length);
}
