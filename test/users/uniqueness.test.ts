import { describe, expect, test } from 'vitest';
import { type Answer, api } from '../support/api';
import { newUser } from '../support/given';
import { eventsOf, rows } from '../support/rows';

const create = (fields: Readonly<Record<string, unknown>>) => api('POST /users', { body: fields });

/** Of answers to simultaneous calls: how many have each status. */
function statuses(answers: readonly Answer[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

test('No e-mail address and no phone number are no duplicates of one another', async () => {
  await newUser();
  await newUser();
});

describe('Of simultaneous calls', () => {
  test('two creates with one e-mail address end in one 201 and one 409', async () => {
    const email = 'race@example.com';
    const answers = await Promise.all([
      create({ userId: 'racer-1', email }),
      create({ userId: 'racer-2', email: 'RACE@example.com' }),
    ]);
    expect(statuses(answers)).toEqual({ 201: 1, 409: 1 });
    const loser = answers.find(({ status }) => status === 409);
    expect(loser?.body.type).toBe('user_already_exists');
    expect(await rows('SELECT id FROM users WHERE email = ?', email)).toHaveLength(1);
    expect([...(await eventsOf('racer-1')), ...(await eventsOf('racer-2'))]).toEqual(['user.create']);
  });

  test('twenty creates with one ID end in one 201', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create({ userId: 'crowded' })));
    expect(statuses(answers)).toEqual({ 201: 1, 409: 19 });
    expect(await eventsOf('crowded')).toEqual(['user.create']);
  });

  test('two changes to one e-mail address end in one 200 and one 409', async () => {
    const [a, b] = [await newUser(), await newUser()];
    const change = (id: string) => api(`PATCH /users/${id}/email`, { body: { email: 'both@example.com' } });
    expect(statuses(await Promise.all([change(a), change(b)]))).toEqual({ 200: 1, 409: 1 });
    expect(await rows("SELECT id FROM users WHERE email = 'both@example.com'")).toHaveLength(1);
  });

  test('two deletes of one user end in one 204 and one 404, and one activity row', async () => {
    const id = await newUser();
    const remove = () => api(`DELETE /users/${id}`, { body: {} });
    expect(statuses(await Promise.all([remove(), remove()]))).toEqual({ 204: 1, 404: 1 });
    expect(await eventsOf(id)).toEqual(['user.create', 'user.delete']);
  });

  test('changes of different fields both count', async () => {
    const id = await newUser();
    await Promise.all([
      api(`PATCH /users/${id}/name`, { body: { name: 'Both' } }),
      api(`PATCH /users/${id}/prefs`, { body: { prefs: { both: true } } }),
    ]);
    expect((await api(`GET /users/${id}`)).body).toMatchObject({ name: 'Both', prefs: { both: true } });
  });
});
