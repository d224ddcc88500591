import { describe, expect, test } from 'vitest';
import { api, type Call, CLASSIC } from '../support/api';
import { freshPhone } from '../support/calls';
import { freshId, newKey, newMembership, newSession, newTeam, newUser, withSession } from '../support/given';
import { row } from '../support/rows';

/** A user who has everything that a membership tells, and its place in a team. */
async function newMember() {
  const [email, phone] = [`${freshId('member')}@example.com`, freshPhone()];
  const user = await newUser({ name: 'Member', email, phone });
  await api(`PATCH /users/${user}/mfa`, { body: { mfa: true } });
  const team = await newTeam();
  return { user, email, phone, team, membership: await newMembership(team, user) };
}

type Member = Awaited<ReturnType<typeof newMember>>;

const by = async (...scopes: string[]) => ({ 'x-appwrite-key': (await newKey(scopes)).secret });

/** Every answer that tells a membership, by its scope. */
const ANSWERS: Readonly<Record<string, (member: Member, headers: Call['headers']) => Promise<unknown>>> = {
  'GET /teams/{teamId}/memberships': async ({ team }, headers = {}) =>
    (await api(`GET /teams/${team}/memberships`, { headers })).body.memberships[0],
  'the same with `select`': async ({ team }, headers = {}) =>
    (
      await api(`GET /teams/${team}/memberships?queries[]=select(["userEmail","userPhone","mfa"])`, {
        headers,
      })
    ).body.memberships[0],
  'GET /teams/{teamId}/memberships/{membershipId}': async ({ team, membership }, headers = {}) =>
    (await api(`GET /teams/${team}/memberships/${membership}`, { headers })).body,
  'PATCH /teams/{teamId}/memberships/{membershipId}': async ({ team, membership }, headers = {}) =>
    (await api(`PATCH /teams/${team}/memberships/${membership}`, { headers, body: { roles: ['a'] } })).body,
  'POST /teams/{teamId}/memberships': async ({ email }, headers = {}) =>
    (await api(`POST /teams/${await newTeam()}/memberships`, { headers, body: { email, roles: [] } })).body,
};

describe.each(Object.entries(ANSWERS))('%s', (_, ask) => {
  test("tells a user's e-mail, phone and factors to nobody without users.read", async () => {
    const hidden = { userEmail: '', userPhone: '', mfa: false };
    expect(await ask(await newMember(), await by('teams.read', 'teams.write'))).toMatchObject(hidden);
  });

  test('tells them with it', async () => {
    const member = await newMember();
    const shown = { userEmail: member.email, userPhone: member.phone, mfa: true };
    expect(await ask(member, await by('teams.read', 'teams.write', 'users.read'))).toMatchObject(shown);
  });
});

test('A name that is the address, as whoever joins by it is given, is told as little', async () => {
  const headers = await by('teams.read', 'teams.write');
  const email = `${freshId('invited')}@example.com`;
  const team = await newTeam();
  const joined = await api(`POST /teams/${team}/memberships`, { headers, body: { email, roles: [] } });
  expect(joined.body).toMatchObject({ userName: '', userEmail: '' });
  const place = `/teams/${team}/memberships`;
  const hidden = await api(`GET ${place}`, { headers });
  expect(hidden.body.memberships).toMatchObject([{ userName: '', userEmail: '' }]);
  const shown = await api(`GET ${place}`, { headers: await by('teams.read', 'users.read') });
  expect(shown.body.memberships).toMatchObject([{ userName: email, userEmail: email }]);
});

test('A classic client is told no address either', async () => {
  const member = await newMember();
  const headers = { ...CLASSIC, ...(await by('teams.read')) };
  const { memberships } = (await api(`GET /teams/${member.team}/memberships`, { headers })).body;
  expect(memberships).toMatchObject([{ userId: member.user, userName: 'Member', userEmail: '' }]);
});

test('What is not told can not be found or ordered by', async () => {
  const { team, email, phone } = await newMember();
  const headers = await by('teams.read');
  const ask = async (query: string) => api(`GET /teams/${team}/memberships?${query}`, { headers });
  expect((await ask(`search=${email}`)).body.total).toBe(0);
  expect((await ask(`search=${encodeURIComponent(phone)}`)).body.total).toBe(0);
  for (const name of ['userEmail', 'userPhone', 'mfa']) {
    for (const query of [`equal("${name}",["x"])`, `orderAsc("${name}")`, `isNotNull("${name}")`]) {
      expect((await ask(`queries[]=${query}`)).body.type).toBe('general_argument_invalid');
    }
  }
});

test("A user's own memberships tell them: they take users.read", async () => {
  const { user, email, phone } = await newMember();
  const told = { userEmail: email, userPhone: phone, mfa: true };
  const { body } = await api(`GET /users/${user}/memberships`, { headers: await by('users.read') });
  expect(body.memberships).toMatchObject([told]);

  const supporter = await newUser();
  await api(`PATCH /users/${supporter}/impersonator`, { body: { impersonator: true } });
  const headers = withSession((await newSession(supporter)).token);
  const seen = await api(`GET /users/${user}/memberships`, { headers });
  expect(seen.body.memberships).toMatchObject([told]);
});

test("A team's log tells the address of a user that acted only with users.read", async () => {
  const { team, user, email } = await newMember();
  const { seq } = await row('SELECT seq FROM teams WHERE id = ?', team);
  // As a user's own act in a team would be.
  await row(
    `INSERT INTO activity (user_seq, user_id, team_seq, event, actor_type, actor_id, actor_name, ip, user_agent,
       country_code, request_id, time)
     SELECT seq, id, ?, 'membership.update', 'user', '', '', '', '', '', '', 1000 FROM users WHERE id = ? RETURNING seq`,
    seq,
    user,
  );
  const addressFor = async (...scopes: string[]) =>
    (await api(`GET /teams/${team}/logs`, { headers: await by(...scopes) })).body.logs[0].userEmail;
  expect(await addressFor('teams.read')).toBe('');
  expect(await addressFor('teams.read', 'users.read')).toBe(email);
});

test("A user's sessions tell the address that they were made with only with users.read", async () => {
  const email = `${freshId('member')}@example.com`;
  const user = await newUser({ email, password: 'correct horse' });
  await api('POST /account/sessions/email', { body: { email, password: 'correct horse' } });
  const addressFor = async (...scopes: string[]) =>
    (await api(`GET /users/${user}/sessions`, { headers: await by(...scopes) })).body.sessions[0].providerUid;
  expect(await addressFor('sessions.read', 'sessions.write')).toBe('');
  expect(await addressFor('sessions.read', 'users.read')).toBe(email);
});
