import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError, expectExactly, expectInvalid, expectMissing } from '../support/expect';
import { freshId, newKey, newMembership, newTeam, newUser } from '../support/given';
import { LATER, modernTeam, NOW } from '../support/models';
import { eventsOf, row, rows, totalsOf } from '../support/rows';

stopClock();

const made = async (fields: Readonly<Record<string, unknown>> = {}) => {
  const teamId = freshId('team');
  const answer = await api('POST /teams', { body: { teamId, name: 'Analysts', ...fields } });
  expect(answer.status, answer.text).toBe(201);
  return teamId;
};

/** What the log holds of a team alone, oldest first. */
const teamEvents = (teamId: string) =>
  rows(
    "SELECT event, user_seq, user_id, team_seq, actor_id, time FROM activity WHERE resource_id = ? AND event LIKE 'team.%' ORDER BY seq",
    teamId,
  );

describe('POST /teams', () => {
  test('makes a team without members, and answers it in both dialects', async () => {
    const teamId = freshId('team');
    const answer = await api('POST /teams', { body: { teamId, name: 'Analysts' } });
    expectAnswer(answer, 201, modernTeam({ $id: teamId, name: 'Analysts' }));
    const other = freshId('team');
    expectAnswer(await api('POST /teams', { body: { teamId: other, name: 'A' }, headers: CLASSIC }), 201, {
      $id: other,
      $createdAt: NOW.seconds,
      $updatedAt: NOW.seconds,
      name: 'A',
      total: 0,
    });
  });

  test('gives every modern client the preferences, also one that asks for 1.0.0', async () => {
    const headers = { 'x-appwrite-response-format': '1.0.0' };
    const { body } = await api('POST /teams', { body: { teamId: 'unique()', name: 'A' }, headers });
    expectExactly(body, modernTeam({ $id: expect.stringMatching(/^[0-9a-f]{20}$/), name: 'A' }));
  });

  test('takes the roles of the user that it would make the owner of, and makes none: a key is nobody', async () => {
    const teamId = await made({ roles: ['owner', 'editor'] });
    expectAnswer(await api(`GET /teams/${teamId}/memberships`), 200, { total: 0, memberships: [] });
    expectInvalid(
      await api('POST /teams', { body: { teamId: 'x', name: 'x', roles: ['not a role'] } }),
      'roles',
      /^Invalid `roles` param: Value must be an array of at most 100 roles of at most 81 chars each\./,
    );
  });

  test('refuses an ID that is taken, also by the same request twice', async () => {
    const teamId = await made();
    expectError(await api('POST /teams', { body: { teamId, name: 'Other' } }), 'team_already_exists');
    const body = { teamId: freshId('team'), name: 'Twice' };
    const both = await Promise.all([api('POST /teams', { body }), api('POST /teams', { body })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('wants a name of 1 to 128 characters', async () => {
    const rule = 'Value must be a valid string and at least 1 chars and no longer than 128 chars';
    expectMissing(await api('POST /teams', { body: { teamId: 'x' } }), 'name');
    expectInvalid(await api('POST /teams', { body: { teamId: 'x', name: '' } }), 'name', rule);
    expectInvalid(await api('POST /teams', { body: { teamId: 'x', name: 'é'.repeat(129) } }), 'name', rule);
    expect((await api('POST /teams', { body: { teamId: 'unique()', name: '👩'.repeat(128) } })).status).toBe(
      201,
    );
  });

  test('is for keys with teams.write alone, and reading for those with teams.read', async () => {
    const [reader, writer] = [await newKey(['teams.read', 'users.write']), await newKey(['teams.write'])];
    const by = ({ secret }: { secret: string }) => ({ headers: { 'x-appwrite-key': secret } });
    const teamId = freshId('team');
    const call = { body: { teamId, name: 'A' } };
    expectError(await api('POST /teams', { ...call, ...by(reader) }), 'general_unauthorized_scope', {
      message: 'app.default@service.api.test (role: applications) missing scopes (["teams.write"])',
    });
    expect((await api('POST /teams', { ...call, ...by(writer) })).status).toBe(201);
    expect((await api(`GET /teams/${teamId}`, by(reader))).status).toBe(200);
    expect((await api(`GET /teams/${teamId}`, by(writer))).status).toBe(401);
  });
});

describe('PUT /teams/{teamId}', () => {
  test('changes the name alone', async () => {
    const teamId = await made();
    await api(`PUT /teams/${teamId}/prefs`, { body: { prefs: { kept: true } } });
    await newMembership(teamId, await newUser());
    passTime(60_000);
    const changed = {
      $id: teamId,
      $updatedAt: LATER.iso,
      name: 'Renamed',
      total: 1,
      prefs: { kept: true },
    };
    const answer = await api(`PUT /teams/${teamId}`, { body: { name: 'Renamed' } });
    expectAnswer(answer, 200, modernTeam(changed));
    expectAnswer(await api(`GET /teams/${teamId}`), 200, modernTeam(changed));
  });
});

describe('The preferences of a team', () => {
  test('are replaced as a whole, with numbers beyond 2^53 kept', async () => {
    const teamId = await made();
    expectAnswer(await api(`GET /teams/${teamId}/prefs`), 200, {});
    const first = await api(`PUT /teams/${teamId}/prefs`, {
      body: '{"prefs": {"theme": "dark", "big": 9007199254740993}}',
      headers: { 'content-type': 'application/json' },
    });
    expect([first.status, first.text]).toEqual([200, '{"theme":"dark","big":9007199254740993}']);
    await api(`PUT /teams/${teamId}/prefs`, { body: { prefs: { lang: 'de' } } });
    expectAnswer(await api(`GET /teams/${teamId}/prefs`), 200, { lang: 'de' });
    expect((await api(`GET /teams/${teamId}`)).body.prefs).toEqual({ lang: 'de' });
  });

  test.each([[[1, 2]], ['text'], [null]])('are an object, not %j', async (prefs) => {
    const answer = await api(`PUT /teams/${await made()}/prefs`, { body: { prefs } });
    expectInvalid(answer, 'prefs', 'Value must be a valid object.');
  });

  test('follow the rules of those of a user', async () => {
    const prefs = JSON.parse('{"a": {"__proto__": 1}}');
    const answer = await api(`PUT /teams/${await made()}/prefs`, { body: { prefs } });
    expectInvalid(answer, 'prefs', /^Invalid `prefs` param: Value must be an object without the key/);
  });
});

describe('DELETE /teams/{teamId}', () => {
  test('removes the memberships with it, and leaves the users and their other teams', async () => {
    const [user, other] = [await newUser(), await newUser()];
    const [teamId, kept] = [await made(), await newTeam()];
    await newMembership(teamId, user);
    await newMembership(teamId, other, { confirm: false });
    const stays = await newMembership(kept, user);
    expect((await api(`DELETE /teams/${teamId}`, { body: {} })).status).toBe(204);
    expectError(await api(`GET /teams/${teamId}`), 'team_not_found');
    expectError(await api(`GET /teams/${teamId}/memberships`), 'team_not_found');
    expectError(await api(`DELETE /teams/${teamId}`), 'team_not_found');
    const { body } = await api(`GET /users/${user}/memberships`);
    expect(body.memberships.map(({ $id }: { $id: string }) => $id)).toEqual([stays]);
    expectAnswer(await api(`GET /users/${other}/memberships`), 200, { total: 0, memberships: [] });
    expect(await rows('SELECT * FROM memberships WHERE team_seq NOT IN (SELECT seq FROM teams)')).toEqual([]);
    expect(await totalsOf(kept)).toEqual({ total: 1, counted: 1 });
  });

  test('frees the ID at once, for a team that inherits nothing', async () => {
    const teamId = await made();
    await newMembership(teamId, await newUser());
    await api(`DELETE /teams/${teamId}`);
    const answer = await api('POST /teams', { body: { teamId, name: 'Second' } });
    expectAnswer(answer, 201, modernTeam({ $id: teamId, name: 'Second' }));
    expectAnswer(await api(`GET /teams/${teamId}/memberships`), 200, { total: 0, memberships: [] });
    const { body } = await api(`GET /teams/${teamId}/logs`);
    expect(body.logs.map(({ event }: { event: string }) => event)).toEqual(['team.create']);
  });

  test('tells each member in its log, and only the first thousand of a crowd', async () => {
    const [user, teamId] = [await newUser(), await made()];
    await newMembership(teamId, user);
    await rows(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
       INSERT INTO users (id, created_at, updated_at) SELECT 'crowd-' || i, 0, 0 FROM n`,
    );
    await rows(
      `INSERT INTO memberships (id, team_seq, user_seq, roles, invited, confirm, created_at, updated_at)
       SELECT users.id, teams.seq, users.seq, '[]', 0, 1, 0, 0 FROM users, teams
       WHERE users.id LIKE 'crowd-%' AND teams.id = ? ORDER BY users.seq`,
      teamId,
    );
    expect(await totalsOf(teamId)).toEqual({ total: 1201, counted: 1201 });
    expect((await api(`DELETE /teams/${teamId}`)).status).toBe(204);
    expect(await eventsOf(user)).toEqual(['user.create', 'membership.delete']);
    expect(await rows("SELECT id FROM memberships WHERE id LIKE 'crowd-%'")).toEqual([]);
    const written = await rows(
      "SELECT user_id FROM activity WHERE event = 'membership.delete' AND user_id LIKE 'crowd-%' ORDER BY seq",
    );
    expect(written.map(({ user_id }) => user_id)).toEqual(
      Array.from({ length: 999 }, (_, i) => `crowd-${i + 1}`),
    );
  });
});

test('Every change of a team has its activity row, with who did it and no user', async () => {
  const teamId = await made();
  const { seq } = await row('SELECT seq FROM teams WHERE id = ?', teamId);
  await api(`PUT /teams/${teamId}`, { body: { name: 'Renamed' } });
  await api(`PUT /teams/${teamId}/prefs`, { body: { prefs: {} } });
  await api(`DELETE /teams/${teamId}`);
  const common = { user_seq: 0, user_id: '', team_seq: seq, actor_id: 'root', time: NOW.ms };
  expect(await teamEvents(teamId)).toEqual(
    ['team.create', 'team.update', 'team.update', 'team.delete'].map((event) => ({ event, ...common })),
  );
});
