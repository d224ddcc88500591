import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { cursorAfter, cursorBefore, limit, type Query } from '../../src/lists';
import {
  asJson,
  asString,
  collections,
  comparisons,
  conditionOf,
  filter,
  orderOf,
  querySetOf,
  texts,
} from '../lists/arbitrary';
import { expectedBy, type Reading, type Stored } from '../lists/reference';
import { api } from '../support/api';
import { expectError } from '../support/expect';
import { newMembership, newTeam, newUser } from '../support/given';

/* The two lists of memberships, a user's and a team's, held against plain JavaScript over the same rows. */

interface Place {
  readonly $id: string;
  readonly $createdAt: string;
  readonly $updatedAt: string;
  readonly userId: string;
  readonly teamId: string;
  readonly invited: string;
  readonly joined: string;
  readonly confirm: boolean;
  readonly roles: readonly string[];
  readonly seq: number;
}

const moment = (text: string) => (text === '' ? null : Date.parse(text));

const fields: Readonly<Record<string, (place: Place) => Stored>> = {
  $id: ({ $id }) => $id,
  $createdAt: ({ $createdAt }) => moment($createdAt),
  $updatedAt: ({ $updatedAt }) => moment($updatedAt),
  userId: ({ userId }) => userId,
  teamId: ({ teamId }) => teamId,
  invited: ({ invited }) => moment(invited),
  joined: ({ joined }) => moment(joined),
  confirm: ({ confirm }) => confirm,
  roles: ({ roles }) => roles,
};

const reading: Reading<Place> = {
  field: (place, name) => fields[name]?.(place) ?? null,
  seq: ({ seq }) => seq,
  moments: ['$createdAt', '$updatedAt', 'invited', 'joined'],
  lowerCase: [],
  folded: [],
};

/** The two lists, whose paths are known once their user and team are made. */
const lists = new Map<string, { path: string; places: Place[] }>();

beforeAll(async () => {
  const [user, team] = [await newUser(), await newTeam()];
  const roles = [['owner'], ['a', 'b'], [], ['b'], ['a'], ['owner', 'a'], ['b', 'a']];
  for (const [index, given] of roles.entries()) {
    const confirm = index % 3 !== 1;
    const ids = [
      await newMembership(await newTeam(), user, { roles: given, confirm }),
      await newMembership(team, await newUser(), { roles: given, confirm }),
    ];
    const times = [index % 2, index % 3, Math.floor(index / 2), confirm ? index % 4 : null];
    for (const id of ids) {
      await env.DB.prepare(
        'UPDATE memberships SET invited = ?, created_at = ?, updated_at = ?, joined = ? WHERE id = ?',
      )
        .bind(...times.map((seconds) => (seconds === null ? null : seconds * 1000)), id)
        .run();
    }
  }
  for (const path of [`/users/${user}/memberships`, `/teams/${team}/memberships`]) {
    const { body } = await api(`GET ${path}`);
    const places = body.memberships.map((place: Place, seq: number) => ({ ...place, seq }));
    lists.set(path.split('/')[1] ?? '', { path, places });
  }
});

const seconds = fc.integer({ min: 0, max: 4 });
const time = fc.oneof(
  seconds,
  seconds.map((second) => new Date(second * 1000).toISOString()),
);

function querySetFor(places: readonly Place[]): fc.Arbitrary<Query[]> {
  const value = (name: 'userId' | 'teamId' | '$id') =>
    fc.oneof(fc.constantFrom(...places.map((place) => place[name])), fc.constantFrom('user', 'team-', '1'));
  const anyFilter = fc.oneof(
    ...(['userId', 'teamId', '$id'] as const).map((name) =>
      filter(name, [...comparisons, ...texts], value(name)),
    ),
    ...reading.moments.map((name) => filter(name, comparisons, time)),
    filter('confirm', comparisons, fc.boolean()),
    filter('roles', [...collections, 'isNull', 'isNotNull'], fc.constantFrom('owner', 'a', 'b', 'c')),
  );
  return querySetOf(conditionOf(anyFilter), orderOf(Object.keys(fields)));
}

test.each(['users', 'teams'])(
  'GET /%s/…/memberships gives what plain JavaScript gives, at every page size, in both directions',
  async (name) => {
    const { path, places } = lists.get(name) ?? { path: '', places: [] };
    const ids = async (queries: readonly Query[], asText: boolean) => {
      const pairs = queries.map((query) => [
        'queries[]',
        (asText ? asString(query) : undefined) ?? asJson(query),
      ]);
      const { status, text, body } = await api(`GET ${path}?${new URLSearchParams(pairs)}`);
      expect(status, text).toBe(200);
      return [body.total, body.memberships.map(({ $id }: Place) => $id)];
    };
    await fc.assert(
      fc.asyncProperty(querySetFor(places), fc.boolean(), async (queries, asText) => {
        const want = expectedBy(reading, places, queries).map(({ $id }) => $id);
        expect(await ids(queries, asText)).toEqual([want.length, want]);
        for (const [at, id] of want.entries()) {
          const size = limit(at + 1);
          const after = want.slice(at + 1, 2 * at + 2);
          expect(await ids([...queries, cursorAfter(id), size], asText)).toEqual([want.length, after]);
          expect(await ids([...queries, cursorBefore(id), size], asText)).toEqual([
            want.length,
            want.slice(0, at),
          ]);
        }
      }),
      { numRuns: 60 },
    );
  },
  120_000,
);

test('A membership of somebody else is no cursor, and no field of the user or the team is an attribute', async () => {
  const { path = '' } = lists.get('users') ?? {};
  const [other] = lists.get('teams')?.places ?? [];
  expectError(await api(`GET ${path}?queries[]=cursorAfter("${other?.$id}")`), 'general_cursor_not_found', {
    message: `Membership '${other?.$id}' for the 'cursor' value not found.`,
  });
  expectError(await api(`GET ${path}?queries[]=equal("userName",["x"])`), 'general_argument_invalid', {
    message:
      'Invalid `queries` param: Invalid query: Attribute not found in schema: userName (queries[0]: equal("userName"))',
  });
});

test('select keeps those fields of a membership, and its ID', async () => {
  const { path = '', places = [] } = lists.get('users') ?? {};
  const { body } = await api(`GET ${path}?queries[]=select(["userName","roles"])&queries[]=limit(2)`);
  const want = places.slice(0, 2).map(({ $id, roles }) => ({ $id, userName: '', roles }));
  expect(body).toEqual({ total: places.length, memberships: want });
});
