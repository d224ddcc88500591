import { expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { expectAnswer, expectError } from '../support/expect';
import { newMembership, newTeam, newUser } from '../support/given';
import { row, rows } from '../support/rows';

test("A user's memberships tell both sides, in both dialects", async () => {
  const user = await newUser({ name: 'Ada', email: 'ada@example.com', phone: '+4912345678' });
  const team = await newTeam('Analysts');
  const id = await newMembership(team, user, { roles: ['owner', 'editor'] });
  const sides = { userId: user, userName: 'Ada', userEmail: 'ada@example.com' };
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('Z', '+00:00');
  expectAnswer(await api(`GET /users/${user}/memberships`), 200, {
    total: 1,
    memberships: [
      {
        $id: id,
        $createdAt: iso(1),
        $updatedAt: iso(1),
        ...sides,
        userPhone: '+4912345678',
        teamId: team,
        teamName: 'Analysts',
        invited: iso(1),
        joined: iso(2),
        confirm: true,
        mfa: false,
        userAccessedAt: '',
        roles: ['owner', 'editor'],
      },
    ],
  });
  const classic = await api(`GET /users/${user}/memberships`, { headers: CLASSIC });
  expect(classic.body.memberships).toEqual([
    {
      $id: id,
      $createdAt: 1,
      $updatedAt: 1,
      ...sides,
      teamId: team,
      teamName: 'Analysts',
      invited: 1,
      joined: 2,
      confirm: true,
      roles: ['owner', 'editor'],
    },
  ]);
});

test('They are paged and filtered; an invitation is one that is not joined', async () => {
  const user = await newUser();
  const ids = [];
  for (let i = 0; i < 5; i++) ids.push(await newMembership(await newTeam(), user, { confirm: i !== 4 }));
  const list = async (query: string) => {
    const { body } = await api(`GET /users/${user}/memberships?${query}`);
    return [body.total, body.memberships.map(({ $id }: { $id: string }) => $id)];
  };
  expect(await list('queries[]=limit(2)&queries[]=offset(1)')).toEqual([5, ids.slice(1, 3)]);
  expect(await list(`queries[]=cursorAfter("${ids[2]}")`)).toEqual([5, ids.slice(3)]);
  expect(await list('queries[]=equal("confirm",[false])')).toEqual([1, ids.slice(4)]);
  expect(await list(`search=${ids[3]}`)).toEqual([1, [ids[3]]]);
  expectError(await api('GET /users/nobody/memberships'), 'user_not_found');
});

test('They go with their user, and the total of the team follows', async () => {
  const [user, other] = [await newUser(), await newUser()];
  const team = await newTeam();
  await newMembership(team, user);
  await newMembership(team, other);
  const total = async () => (await row('SELECT total FROM teams WHERE id = ?', team)).total;
  expect(await total()).toBe(2);
  await api(`DELETE /users/${user}`);
  expect([await total(), (await rows('SELECT 1 FROM memberships')).length]).toEqual([1, 6 + 1]);
});
