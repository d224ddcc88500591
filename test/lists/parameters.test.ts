import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cursorAfter, limit } from '../../src/lists';
import { api } from '../support/api';
import { newUser } from '../support/given';
import { makePeople, querySetFor } from '../users/people';
import { asJson } from './arbitrary';

/* D1 takes 100 parameters a statement: no query of users may need more, in pages of any kind. */

test('Many filters and orders of users, with a search and a cursor, fit into a statement', async () => {
  const people = await makePeople();
  const user = await newUser({ email: 'cursor@example.com' });
  const sets = fc.array(querySetFor(people), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(sets, fc.constantFrom(25, 26, 200), async (queries, size) => {
      const texts = [...queries.flat(), cursorAfter(user), limit(size)].map(asJson);
      const params = new URLSearchParams([...texts.map((text) => ['queries[]', text]), ['search', 'a']]);
      const { status, text } = await api(`GET /users?${params}`);
      expect(status, text).toBe(200);
    }),
    { numRuns: 150 },
  );
}, 60_000);
