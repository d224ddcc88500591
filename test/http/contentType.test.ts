import { expect, test } from 'vitest';
import { api } from '../support/api';
import { newMembership, newSession, newTarget, newTeam, newUser, withSession } from '../support/given';

/*
 * SDKs for Python and .NET read the header of every answer, and throw where it is missing; those for JavaScript parse the
 * body that it promises. `api()` asserts it of every answer of every test.
 */

const EMPTY = 'text/html; charset=UTF-8';
const JSON_TYPE = 'application/json; charset=UTF-8';

test('Every 204 has the content type of Appwrite’s server, and no body', async () => {
  const [user, team] = [await newUser(), await newTeam()];
  const { id: session } = await newSession(user);
  const { token } = await newSession(user);
  const target = await newTarget(user);
  const membership = await newMembership(team, user);
  for (const [route, headers] of [
    [`DELETE /users/${user}/sessions/${session}`, {}],
    [`DELETE /users/${user}/targets/${target}`, {}],
    [`DELETE /teams/${team}/memberships/${membership}`, {}],
    [`DELETE /teams/${team}`, {}],
    ['DELETE /account/sessions/current', withSession(token)],
    [`DELETE /users/${user}`, {}],
    ['OPTIONS /users', { origin: 'https://app.example.com' }],
    ['OPTIONS /users', {}],
  ] as const) {
    const answer = await api(route, { headers });
    expect([route, answer.status, answer.text, answer.headers.get('content-type')]).toEqual([
      route,
      204,
      '',
      EMPTY,
    ]);
  }
});

test('So has every answer to HEAD, which is one without a body, errors included', async () => {
  const user = await newUser();
  for (const [path, status] of [
    [`/users/${user}`, 200],
    ['/users/nobody', 404],
    ['/nothing', 404],
    ['/reference', 200],
  ] as const) {
    const answer = await api(`HEAD ${path}`);
    expect([path, answer.status, answer.text, answer.headers.get('content-type')]).toEqual([
      path,
      status,
      '',
      EMPTY,
    ]);
  }
});

test('An answer with a body, an error too, has the type of its body', async () => {
  for (const [route, type] of [
    ['GET /health/version', JSON_TYPE],
    ['GET /nothing', JSON_TYPE],
    ['PUT /users', JSON_TYPE],
    ['GET /reference', EMPTY],
  ] as const) {
    expect((await api(route)).headers.get('content-type'), route).toBe(type);
  }
});
