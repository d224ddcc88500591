import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, test } from 'vitest';
import worker from '../../src/index';
import { requestOf } from '../support/api';
import { type Crowd, fillWith } from '../support/crowds';
import { recordingD1 } from '../support/recordingD1';

/* More of each kind than any search may read, whatever it is for. */
const EACH = 6000;
const kinds: Crowd[] = ['twoLetters', 'oneLetter', 'manyTrigrams'];

beforeAll(async () => {
  for (const kind of kinds) await fillWith(kind, EACH);
}, 240_000);

/** What a list answers, and the rows that its statements read. */
async function measure(path: string): Promise<{ read: number; returned: number; total: number }> {
  const { binding, trips, roundsOf } = recordingD1();
  const ctx = createExecutionContext();
  const answer = worker.fetch(requestOf(`GET ${path}`, {}), { ...env, DB: binding }, ctx);
  await roundsOf(answer);
  const response = await answer;
  await waitOnExecutionContext(ctx);
  const { total, ...lists } = await response.json<{ total: number }>();
  const [list] = Object.values(lists).filter(Array.isArray);
  let read = 0;
  for (const { query, values } of trips
    .flat()
    .filter(({ query }) => !query.startsWith('insert into "usage"'))) {
    const { meta } = await env.DB.prepare(query)
      .bind(...values)
      .run();
    read += meta.rows_read;
  }
  return { read, returned: list?.length ?? 0, total };
}

const params = (pairs: Readonly<Record<string, string>>) => new URLSearchParams(pairs).toString();
const json = (method: string, attribute: string, values: unknown[]) =>
  JSON.stringify({ method, attribute, values });

/** Letters that no name has in this order, though each name has all the trigrams of them. */
const none = (length: number) => 'aababbbaabbaaabab'.repeat(16).slice(0, length);

const terms: [what: string, term: string][] = [
  ['one letter that all names begin with', 'a'],
  ['two letters', 'ab'],
  ['a trigram of every name', 'aaa'],
  ['letters that most names hold', 'abab'],
  ['a hundred letters that a third of the names hold', 'a'.repeat(100)],
  ['a letter more than any name holds', 'a'.repeat(128)],
  ['sixteen letters that few hold', none(16)],
  ['128 letters that none holds', none(128)],
  ['256 letters that none holds', none(256)],
  ['what all addresses hold', 'example.com'],
  ['a character of many', '\u4e00'],
  ['256 characters of many', '\u4e00'.repeat(256)],
  ['what none holds', 'zzz'],
];

describe('Whatever is stored, and whatever is looked for, a search reads at most 5,000 rows and 20 for each that it gives', () => {
  describe.each(terms)('%s', (_, term) => {
    test.each([
      ['users', '/users?', { search: term }],
      ['users from the end', '/users?', { search: term, orderType: 'DESC' }],
      ['identities', '/users/identities?', { search: term }],
      ['teams', '/teams?', { search: term }],
      ["a team's memberships", '/teams/oneLetter/memberships?', { search: term }],
      ["a user's memberships", '/users/oneLetter7/memberships?', { search: term }],
      ['users by a query', '/users?', { 'queries[]': json('search', 'name', [term]) }],
      ['users by a query, negated', '/users?', { 'queries[]': json('notSearch', 'name', [term]) }],
      ['teams by a query', '/teams?', { 'queries[]': json('search', 'name', [term]) }],
    ])('%s', async (__, path, query) => {
      const { read, returned } = await measure(path + params(query));
      expect(read).toBeLessThanOrEqual(5000 + 20 * returned);
    });
  });

  test('in pages of all sizes', async () => {
    for (const search of ['a', 'example.com', none(128), 'a'.repeat(100)]) {
      for (const size of [0, 1, 600, 5000]) {
        const { read, returned } = await measure(
          `/users?${params({ search, 'queries[]': json('limit', '', [size]) })}`,
        );
        // An empty page has rows of its own to read, those that tell that it is empty.
        expect(read, `${search} ${size}`).toBeLessThanOrEqual(5000 + 20 * Math.max(returned, 1));
      }
    }
  });

  test('and finds the thousands that a large page asks for', async () => {
    const query = params({ search: 'example.com', 'queries[]': json('limit', '', [4321]) });
    expect(await measure(`/users?${query}`)).toMatchObject({ returned: 4321, total: 5000 });
  });
});

describe('Members of a team of thousands are found', () => {
  test.each([
    ['by the beginning of an ID', 'm', 25, 5000],
    ['by a part of an ID', 'letter4321', 1, 1],
    ['by a part that all IDs hold', 'one', 25, 5000],
    ['and not those of other teams', 'twoLetters', 0, 0],
  ])('%s', async (_, search, returned, total) => {
    const answer = await measure(`/teams/oneLetter/memberships?${params({ search })}`);
    expect(answer).toMatchObject({ returned, total });
  });

  test('within the memberships of one user, too', async () => {
    expect(await measure('/users/oneLetter7/memberships?search=member')).toMatchObject({
      returned: 1,
      total: 1,
    });
    expect(await measure('/users/oneLetter7/memberships?search=letter8')).toMatchObject({
      returned: 0,
      total: 0,
    });
    expect(await measure('/users/oneLetter7/memberships?search=letter7')).toMatchObject({
      returned: 1,
      total: 1,
    });
  });
});
