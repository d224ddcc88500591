import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { namedEndpoints, toApi, validCall } from '../support/calls';
import { expectError } from '../support/expect';

const lists = namedEndpoints.filter(([, { query }]) => 'queries' in query);
/** An export is streamed: it has no pages that could be too large. */
const isPaged = (endpoint: string) => endpoint !== 'GET /users/export';

type Wrong = readonly [query: string, why: string, told: string];

const WRONG: readonly Wrong[] = [
  ['equal("nonsense", ["x"])', 'Attribute not found in schema: nonsense', 'equal("nonsense")'],
  ['{"method":"nonsense"}', 'Invalid query method: nonsense', '{"method":"nonsense"}'],
  ['{"method":', 'Syntax error: this is not valid JSON.', '{"method":'],
  [
    '{"method":"equal","attribute":"x","values":[]}',
    'Equal queries require at least one value.',
    '{"method":"equal","attribute":"x","values":[]}',
  ],
];

const TOO_MANY: Wrong = [
  'limit(5001)',
  'Invalid limit: Value must be a valid range between 0 and 5,000',
  'limit',
];

test('There are lists that take queries', () => {
  expect(lists.length).toBeGreaterThanOrEqual(9);
});

describe.each(lists)('%s', (name, endpoint) => {
  test.each(isPaged(name) ? [...WRONG, TOO_MANY] : WRONG)(
    'refuses %s in every dialect, in the words of Appwrite, and names it',
    async (query, why, told) => {
      const asked = `queries[]=offset(0)&${new URLSearchParams({ 'queries[]': query })}`;
      for (const headers of [{}, CLASSIC]) {
        const [route, call] = toApi(endpoint, { ...(await validCall(endpoint)), query: asked });
        const answer = await api(route, { ...call, headers: { ...call.headers, ...headers } });
        const message = `Invalid \`queries\` param: Invalid query: ${why} (queries[1]: ${told})`;
        expectError(answer, 'general_argument_invalid', { message });
      }
    },
  );
});

test.each([
  [
    'limit(1)',
    'limit(5001)',
    'Invalid limit: Value must be a valid range between 0 and 5,000 (queries[1]: limit)',
  ],
  [
    'offset(1)',
    'offset(-1)',
    'Invalid offset: Value must be a valid range between 0 and 9,007,199,254,740,991 (queries[1]: offset)',
  ],
])('A query that does not count is wrong all the same: %s, %s', async (first, second, why) => {
  const asked = new URLSearchParams([
    ['queries[]', first],
    ['queries[]', second],
  ]);
  const message = `Invalid \`queries\` param: Invalid query: ${why}`;
  expectError(await api(`GET /users?${asked}`), 'general_argument_invalid', { message });
});
