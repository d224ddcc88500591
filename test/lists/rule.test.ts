import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { counted } from '../support/countedD1';

/* No call reads more than 50 rows for each that it answers, and 10,000: over a directory that is large, and uneven. */

const USERS = 110_000;
const CHUNK = 10_000;
const DAY = 86_400_000;

beforeAll(async () => {
  for (let from = 0; from < USERS; from += CHUNK) {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT ?1 + 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
       INSERT INTO users (id, name, name_key, email, phone, status, email_verification, phone_verification, impersonator, mfa,
         password_update, accessed_at, labels, created_at, updated_at)
       SELECT 'user' || i, iif(i % 3, 'Person ', 'Name ') || (i % 5000), iif(i % 3, 'person ', 'name ') || (i % 5000),
         iif(i % 10, 'user' || i || '@example.com', NULL), iif(i % 4, NULL, '+49' || (i + 1000000)),
         i % 20 > 0, i % 2, i % 3 = 0, i % 1000 = 0, i % 7 = 0, iif(i % 2, i * 60000, NULL), iif(i % 5, NULL, (i * 7919 % ?3) * 60000),
         iif(i % 50, '[]', iif(i % 20000, '["vip"]', '["vip","rare"]')),
         iif(i % 11, i, 1) * 60000, iif(i % 13, i, i * 3) * 60000 FROM n`,
    )
      .bind(from, Math.min(from + CHUNK, USERS), USERS)
      .run();
  }
}, 120_000);

const json = (method: string, attribute: string, ...values: unknown[]) =>
  JSON.stringify({ method, attribute, values });
const moment = (of: number) => new Date(of * 60_000).toISOString();

const middle = USERS / 2;
const filters = [
  json('equal', 'name', 'Person 4001'),
  json('startsWith', 'name', 'per'),
  json('contains', 'name', 'erson 42'),
  json('endsWith', 'email', '7777@example.com'),
  json('contains', 'email', 'example.com'),
  json('equal', 'email', 'user77@example.com'),
  json('isNull', 'email'),
  json('startsWith', 'phone', '+491'),
  json('isNull', 'phone'),
  json('equal', 'status', false),
  json('equal', 'status', true),
  json('equal', 'emailVerification', false),
  json('equal', 'phoneVerification', true),
  json('equal', 'impersonator', true),
  json('equal', 'mfa', true),
  json('contains', 'labels', 'rare'),
  json('contains', 'labels', 'vip'),
  json('notContains', 'labels', 'vip'),
  json('greaterThan', 'accessedAt', moment(middle)),
  json('isNotNull', 'accessedAt'),
  json('lessThan', 'passwordUpdate', moment(middle)),
  json('startsWith', '$id', 'user1'),
  json('contains', '$id', 'r1234'),
  json('greaterThan', '$createdAt', moment(USERS - 10)),
  json('greaterThan', '$createdAt', moment(middle)),
  json('lessThan', 'registration', moment(middle)),
  json('greaterThan', '$updatedAt', moment(middle)),
  json('between', '$updatedAt', moment(middle), moment(middle + 3000)),
  json('greaterThan', '$sequence', middle),
  json('notEqual', 'name', 'x'),
  json('search', 'email', 'example.com'),
  json('notSearch', 'name', 'person'),
];
const attributes = ['name', 'email', 'phone', 'status', 'passwordUpdate', 'registration', 'emailVerification'];
attributes.push('phoneVerification', 'impersonator', 'mfa', 'accessedAt', 'labels', '$id', '$createdAt', '$updatedAt', '$sequence');
const orders = attributes.flatMap((name) => [json('orderAsc', name), json('orderDesc', name)]);
const searches = ['e', 'pe', 'person', 'person 42', 'user77@', 'nobody at all', 'label:vip'];

const pathOf = (queries: readonly string[], search = '') =>
  `/users?${new URLSearchParams([...queries.map((query) => ['queries[]', query]), ...(search ? [['search', search]] : [])])}`;

const served: string[] = [];
const refused: string[] = [];

async function check(queries: readonly string[], search = ''): Promise<string[]> {
  const what = decodeURIComponent(pathOf(queries, search)).replaceAll('queries[]=', '');
  const { status, read, returned, message } = await counted(pathOf(queries, search));
  (status === 200 ? served : refused).push(what);
  const faults: string[] = [];
  if (read > 10_000 + 50 * returned) faults.push(`${read} read, ${returned} returned: ${what}`);
  if (status !== 200 && !(status === 400 && /directory of more than/.test(message))) faults.push(`${status} ${message}: ${what}`);
  return faults;
}

async function checkAll(asked: readonly (readonly [string[], string?])[]): Promise<void> {
  const faults: string[] = [];
  const before = [served.length, refused.length];
  for (const [queries, search] of asked) faults.push(...(await check(queries, search)));
  console.info(asked.length, 'served', served.length - (before[0] ?? 0), 'refused', refused.length - (before[1] ?? 0));
  expect(faults).toEqual([]);
}

test('one filter, one order, one search', () =>
  checkAll([
    ...filters.map((filter) => [[filter]] as const),
    ...orders.map((order) => [[order]] as const),
    ...searches.map((search) => [[], search] as const),
  ] as [string[], string?][]), 120_000);
test('a filter with another', () =>
  checkAll(filters.flatMap((a, i) => filters.slice(i + 1).map((b): [string[]] => [[a, b]]))), 120_000);
test('a filter in an order', () => checkAll(filters.flatMap((a) => orders.map((b): [string[]] => [[a, b]]))), 120_000);
test('a search in an order', () => checkAll(searches.flatMap((a) => orders.map((b): [string[], string] => [[b], a]))), 120_000);
test('a search with a filter', () => checkAll(searches.flatMap((a) => filters.map((b): [string[], string] => [[b], a]))), 120_000);
test('what is refused', () => {
  console.info(refused.join('\n'));
  expect(DAY).toBe(DAY);
});
