import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectInvalid, expectMissing } from '../support/expect';
import { newUser } from '../support/given';
import { classicUser, LATER, modernUser } from '../support/models';
import { eventsOf } from '../support/rows';

stopClock();

const RULE = 'Value must be an array of at most 1000 labels, each of 1 to 36 letters and digits';

const put = (id: string, labels: unknown, headers = {}) =>
  api(`PUT /users/${id}/labels`, { body: { labels }, headers });

const searched = async (term: string) =>
  (await api(`GET /users?search=${encodeURIComponent(term)}`)).body.users.map(
    ({ $id }: { $id: string }) => $id,
  );

describe('PUT /users/{userId}/labels', () => {
  test('replaces the labels, each once, in the order given', async () => {
    const id = await newUser();
    await put(id, ['gone']);
    passTime(60_000);
    const answer = await put(id, ['vip', 'Admin2', 'vip']);
    expectAnswer(answer, 200, modernUser({ $id: id, $updatedAt: LATER.iso, labels: ['vip', 'Admin2'] }));
    expect(await eventsOf(id)).toEqual(['user.create', 'user.update', 'user.update']);
  });

  test('takes all labels away where none is given', async () => {
    const id = await newUser();
    await put(id, ['vip']);
    expect((await put(id, [])).body.labels).toEqual([]);
  });

  test('answers a classic client, who knows no labels', async () => {
    const id = await newUser();
    expectAnswer(await put(id, ['vip'], CLASSIC), 200, classicUser({ $id: id }));
  });

  test.each([
    ['a text', 'vip'],
    ['an empty label', ['']],
    ['a label of 37 characters', ['x'.repeat(37)]],
    ['a label with a hyphen', ['not-ok']],
    ['a label with a letter that is not of a to z', ['größe']],
    ['a number', [1]],
    ['1,001 labels', Array.from({ length: 1001 }, (_, i) => `l${i}`)],
  ])('refuses %s', async (_, labels) => {
    const id = await newUser();
    expectInvalid(await put(id, labels), 'labels', RULE);
    expect((await api(`GET /users/${id}`)).body.labels).toEqual([]);
  });

  test('takes 1,000 labels of 36 characters', async () => {
    const id = await newUser();
    const labels = Array.from({ length: 1000 }, (_, i) => `l${i}`.padEnd(36, 'x'));
    expect((await put(id, labels)).body.labels).toEqual(labels);
  });

  test('needs them', async () => {
    expectMissing(await api(`PUT /users/${await newUser()}/labels`, { body: {} }), 'labels');
  });
});

describe('A label', () => {
  test('is found by search, with and without its prefix, until it is taken away', async () => {
    const id = await newUser();
    await put(id, ['goldmember']);
    expect(await searched('goldmember')).toEqual([id]);
    expect(await searched('label:goldmember')).toEqual([id]);
    expect(await searched('oldmem')).toEqual([id]);
    await put(id, []);
    expect(await searched('goldmember')).toEqual([]);
  });

  test('is found by the queries of arrays', async () => {
    const [both, one] = [await newUser(), await newUser()];
    await put(both, ['queryA', 'queryB']);
    await put(one, ['queryA']);
    const found = async (method: string, values: string[]) => {
      const query = JSON.stringify({ method, attribute: 'labels', values });
      const { body } = await api(`GET /users?queries[]=${encodeURIComponent(query)}`);
      return body.users.map(({ $id }: { $id: string }) => $id);
    };
    expect(await found('contains', ['queryA'])).toEqual([both, one]);
    expect(await found('containsAll', ['queryA', 'queryB'])).toEqual([both]);
    expect(await found('contains', ['querya'])).toEqual([]);
  });
});
