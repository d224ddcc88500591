import { MINUTE } from './fill';

/** A list to measure. */
export interface ScaleCall {
  readonly name: string;
  readonly path: string;
}

const query = (method: string, attribute = '', ...values: unknown[]) =>
  JSON.stringify({ method, ...(attribute ? { attribute } : {}), values });

const after = (place: number) => new Date(place * MINUTE).toISOString();

/** The calls of the table in docs/scale.md, over so many users. */
export function scaleCalls(size: number): ScaleCall[] {
  const middle = Math.floor(size / 2);
  const id = `user${String(middle).padStart(7, '0')}`;
  const users = (name: string, ...queries: string[]) => ({ name, path: pathOf('/users', queries) });
  const found = (name: string, search: string, ...queries: string[]) => ({
    name,
    path: pathOf('/users', queries, search),
  });
  const members = (name: string, ...queries: string[]) => ({
    name,
    path: pathOf('/teams/team/memberships', queries),
  });
  const blocked = query('equal', 'status', false);
  return [
    users('a page of 25'),
    users('at a cursor in the middle', query('cursorAfter', '', id)),
    users('by name, at a cursor', query('orderAsc', 'name'), query('cursorAfter', '', id)),
    users('by phone, of which nine in ten have none', query('orderAsc', 'phone')),
    users('by status, at a cursor', query('orderAsc', 'status'), query('cursorAfter', '', id)),
    users(
      'by name and date, at a cursor',
      query('orderAsc', 'name'),
      query('orderDesc', '$createdAt'),
      query('cursorAfter', '', id),
    ),
    users('`equal("email", …)`', query('equal', 'email', `user${middle + 1}@example.com`)),
    users(
      '`equal("name", …)` and `equal("status", true)`',
      query('equal', 'name', 'Person 42'),
      query('equal', 'status', true),
    ),
    users('`equal("status", false)`', blocked),
    users('`equal("status", false)`, newest first', blocked, query('orderDesc', '$createdAt')),
    users('`equal("mfa", true)` by name', query('equal', 'mfa', true), query('orderAsc', 'name')),
    users('`greaterThan("$createdAt", newest)`', query('greaterThan', '$createdAt', after(size - 10))),
    users('`greaterThan("$createdAt", middle)`', query('greaterThan', '$createdAt', after(middle))),
    users('`greaterThan("$updatedAt", middle)`', query('greaterThan', '$updatedAt', after(middle))),
    users(
      '… in that order, at a cursor',
      query('greaterThan', '$updatedAt', after(middle)),
      query('orderAsc', '$updatedAt'),
      query('cursorAfter', '', `user${String(middle + 2).padStart(7, '0')}`),
    ),
    users('`greaterThan("$sequence", middle)`', query('greaterThan', '$sequence', middle)),
    users('`startsWith("name", "person 4")`', query('startsWith', 'name', 'person 4')),
    users(
      '`startsWith("name", …)`, newest first',
      query('startsWith', 'name', 'person 4'),
      query('orderDesc', '$createdAt'),
    ),
    users('`contains("name", …)`, no hit', query('contains', 'name', 'nobody')),
    users('`endsWith("email", …)`, few hits', query('endsWith', 'email', `${middle + 1}@example.com`)),
    users('`contains("labels", "vip")`', query('contains', 'labels', 'vip')),
    users(
      '`contains("labels", "rare")` by name',
      query('contains', 'labels', 'rare'),
      query('orderAsc', 'name'),
    ),
    users('`search("email", …)`, all hit', query('search', 'email', 'example.com')),
    found('`search`, all hit', 'person'),
    found('`search`, few hits', `user${middle + 1}@`),
    found('`search`, one letter', 'p'),
    found('`search`, two letters', 'pe'),
    found('`search`, all hit, newest first', 'person', query('orderDesc', '$createdAt')),
    found('`search`, few hits, by name', `user${middle + 1}@`, query('orderAsc', 'name')),
    found('`search`, all hit, of the blocked', 'person', blocked),
    users('by labels', query('orderAsc', 'labels')),
    users('`orderRandom`', query('orderRandom')),
    users('`offset(5000)`', query('offset', '', 5000)),
    users('`offset(500000)`', query('offset', '', 500_000)),
    members('a team of 10,000'),
    members('… by user ID', query('orderAsc', 'userId')),
    members('… newest first', query('orderDesc', '$createdAt')),
  ];
}

function pathOf(list: string, queries: readonly string[], search?: string): string {
  const params = new URLSearchParams(queries.map((one) => ['queries[]', one]));
  if (search !== undefined) params.set('search', search);
  return `${list}?${params}`;
}
