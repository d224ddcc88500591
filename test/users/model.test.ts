import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { api } from '../support/api';
import { emptyStores } from '../support/rows';

/** What the service should be: people in the order in which they came. */
interface Person {
  id: string;
  email: string;
  name: string;
}

type Action =
  | { do: 'create'; id: string; email: string }
  | { do: 'rename'; id: string; name: string }
  | { do: 'readdress'; id: string; email: string }
  | { do: 'delete'; id: string }
  | { do: 'list'; size: number };

// Few IDs and addresses, so that they meet.
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const email = fc.constantFrom('', '1@x.example', '2@x.example', '3@x.example', '4@x.example');

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('create' as const), id, email }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('rename' as const),
      id,
      name: fc.string({ unit: 'grapheme', maxLength: 20 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('readdress' as const), id, email }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), id }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('list' as const), size: fc.integer({ min: 1, max: 7 }) }),
  },
);

async function perform(people: Person[], act: Action): Promise<Person[]> {
  if (act.do === 'list') {
    await checkLists(people, act.size);
    return people;
  }
  const taken =
    act.do !== 'delete' &&
    act.do !== 'rename' &&
    act.email !== '' &&
    people.find((one) => one.email === act.email);
  const existing = people.find((one) => one.id === act.id);
  if (act.do === 'create') {
    const body = { userId: act.id, ...(act.email === '' ? {} : { email: act.email }) };
    expect((await api('POST /users', { body })).status).toBe(existing || taken ? 409 : 201);
    return existing || taken ? people : [...people, { id: act.id, email: act.email, name: '' }];
  }
  if (act.do === 'delete') {
    expect((await api(`DELETE /users/${act.id}`)).status).toBe(existing ? 204 : 404);
    return people.filter((one) => one !== existing);
  }
  if (act.do === 'rename') {
    const { status } = await api(`PATCH /users/${act.id}/name`, { body: { name: act.name } });
    expect(status).toBe(existing ? 200 : 404);
    return people.map((one) => (one === existing ? { ...one, name: act.name } : one));
  }
  const clash = existing && taken && taken !== existing;
  const { status } = await api(`PATCH /users/${act.id}/email`, { body: { email: act.email } });
  expect(status).toBe(clash ? 409 : existing ? 200 : 404);
  return clash ? people : people.map((one) => (one === existing ? { ...one, email: act.email } : one));
}

/** Every user exactly once, in order, forwards and backwards, in pages of this size. */
async function checkLists(people: readonly Person[], size: number): Promise<void> {
  expect(await pages(size, 'after')).toEqual(people);
  expect(await pages(size, 'before')).toEqual(people);
  expect((await api('GET /users?limit=0')).body.total).toBe(people.length);
}

async function pages(size: number, direction: 'after' | 'before'): Promise<Person[]> {
  const found: Person[] = [];
  const newestFirst = direction === 'before' ? '&orderType=DESC' : '';
  // The first page of a walk backwards is the last one of the list.
  let page = await people(`limit=${size}${newestFirst}`);
  if (direction === 'before') page.reverse();
  while (page.length > 0) {
    if (direction === 'after') found.push(...page);
    else found.unshift(...page);
    const cursor = direction === 'after' ? page.at(-1)?.id : page[0]?.id;
    page = await people(`limit=${size}&cursor=${cursor}&cursorDirection=${direction}`);
  }
  return found;
}

async function people(query: string): Promise<Person[]> {
  const { body } = await api(`GET /users?${query}`);
  return body.users.map(({ $id, email, name }: { $id: string; email: string; name: string }) => ({
    id: $id,
    email,
    name,
  }));
}

test('Any sequence of creates, changes, deletions and lists agrees with a list in memory', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 30 }), async (actions) => {
      await emptyStores();
      let people: Person[] = [];
      for (const act of actions) people = await perform(people, act);
      for (const size of [1, 2, people.length + 1]) await checkLists(people, size);
    }),
    { numRuns: 25 },
  );
});
