import fc from 'fast-check';
import {
  collections,
  comparisons,
  conditionOf,
  filter,
  orderOf,
  querySetOf,
  searches,
  texts,
} from '../lists/arbitrary';
import { found } from '../lists/found';
import type { Reading, Stored } from '../lists/reference';
import { type Answer, api } from '../support/api';
import { passTime } from '../support/clock';
import { rows } from '../support/rows';

/** A user as the API tells it, as far as queries can ask. */
export interface Person {
  readonly $id: string;
  readonly $createdAt: string;
  readonly $updatedAt: string;
  readonly registration: string;
  readonly passwordUpdate: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly status: boolean;
  readonly emailVerification: boolean;
  readonly phoneVerification: boolean;
  readonly impersonator: boolean;
  readonly mfa: boolean;
  readonly accessedAt: string;
  readonly labels: readonly string[];
  /** Not told: the place in the order of creation, from 1. */
  readonly seq: number;
}

/** Names that are equal, that hold one another, that sort differently by code points than by UTF-16. */
const names = ['Ada', 'ada', 'Ada', '', 'Ad"a', '\uffffa', '💩a', 'É%_*a', 'a\\a'];

/** Makes people through the API who differ in everything that queries can ask for; returns them as the API tells them. */
export async function makePeople(): Promise<Person[]> {
  for (const [index, name] of names.entries()) {
    if (index % 2 === 0) passTime(1500);
    const userId = `p${index}`;
    const made = {
      userId,
      name,
      ...contactOf(index),
      ...(index % 4 === 1 ? { password: 'long enough' } : {}),
    };
    await must(api('POST /users', { body: made }));
    const changes: [route: string, body: object][] = [];
    if (index % 3 === 0) changes.push(['PATCH status', { status: false }]);
    if (index % 2 === 0) changes.push(['PATCH verification', { emailVerification: true }]);
    if (index === 5) changes.push(['PATCH verification/phone', { phoneVerification: true }]);
    if (index % 4 === 2) changes.push(['PUT labels', { labels: ['a', 'b', 'ab'].slice(index % 3) }]);
    if (index % 5 === 4) changes.push(['PATCH impersonator', { impersonator: true }]);
    if (index % 3 === 1) changes.push(['PATCH mfa', { mfa: true }]);
    for (const [route, body] of changes) {
      const [method, path] = route.split(' ');
      await must(api(`${method} /users/${userId}/${path}`, { body }));
    }
  }
  // As if some had signed in.
  await rows('UPDATE users SET accessed_at = created_at + seq % 2 WHERE seq % 4 > 1');
  passTime(700);
  await must(api('PATCH /users/p2/name', { body: { name: 'Ada' } }));
  const { body } = await must(api('GET /users'));
  return body.users.map((user: Omit<Person, 'seq'>, index: number) => ({ ...user, seq: index + 1 }));
}

function contactOf(index: number) {
  return {
    ...(index % 3 === 1 ? {} : { email: `a${index % 2 ? 'b' : ''}${index}@a.example` }),
    ...(index % 3 === 2 ? {} : { phone: `+4${index}1111110` }),
  };
}

async function must(call: Promise<Answer>): Promise<Answer> {
  const answer = await call;
  if (answer.status >= 300) throw new Error(answer.text);
  return answer;
}

const moment = (text: string) => (text === '' ? null : Date.parse(text));

const fields: Readonly<Record<string, (person: Person) => Stored>> = {
  $id: ({ $id }) => $id,
  $sequence: ({ seq }) => seq,
  $createdAt: ({ $createdAt }) => moment($createdAt),
  $updatedAt: ({ $updatedAt }) => moment($updatedAt),
  registration: ({ registration }) => moment(registration),
  passwordUpdate: ({ passwordUpdate }) => moment(passwordUpdate),
  name: ({ name }) => name,
  email: ({ email }) => email || null,
  phone: ({ phone }) => phone || null,
  status: ({ status }) => status,
  emailVerification: ({ emailVerification }) => emailVerification,
  phoneVerification: ({ phoneVerification }) => phoneVerification,
  impersonator: ({ impersonator }) => impersonator,
  mfa: ({ mfa }) => mfa,
  accessedAt: ({ accessedAt }) => moment(accessedAt),
  labels: ({ labels }) => labels,
};

/** How the reference reads people. */
export const reading: Reading<Person> = {
  field(person, name) {
    const read = fields[name];
    if (!read) throw new Error(`People have no ${name}`);
    return read(person);
  },
  seq: ({ seq }) => seq,
  moments: ['$createdAt', '$updatedAt', 'registration', 'passwordUpdate', 'accessedAt'],
  lowerCase: ['email'],
  folded: ['name'],
};

/** Whether a search finds somebody: by any part of the ID, the name, the address, the number or a label. */
export function isFound(person: Person, term: string): boolean {
  const { $id, name, email, phone, labels } = person;
  return [$id, name, email, phone, ...labels.map((label) => `label:${label}`)].some((text) =>
    found(text, term),
  );
}

/** Terms of which most find some and not all. */
export const term = fc.constantFrom(
  '',
  'A',
  'ad',
  'ada',
  'b',
  '11111',
  '@a.ex',
  '"',
  '💩',
  'label:a',
  'p3',
  'zzz',
);

const text = fc.constantFrom(
  '',
  'A',
  'a',
  'Ada',
  'ada',
  'd',
  '"',
  '%',
  '_',
  '\\',
  '\uffff',
  '💩',
  '\u{10ffff}',
  'É',
);
const email = fc.constantFrom('a0@a.example', 'AB3@A.example', 'a', '@a.example', 'b5', '');
const phone = fc.constantFrom('+401111110', '+4', '0', '+43', '');
const id = fc.constantFrom('p0', 'p3', 'p', '5', 'P0');
const label = fc.constantFrom('a', 'b', 'ab', 'c', '');

/** Any query set that `GET /users` allows. The moments are those of the people, and around them. */
export function querySetFor(people: readonly Person[]) {
  const around = fc
    .tuple(
      fc.constantFrom(...people),
      fc.constantFrom('$createdAt' as const, '$updatedAt' as const),
      fc.integer({ min: -1, max: 1 }),
    )
    .map(([person, field, more]) => Date.parse(person[field]) + more);
  const time = fc.oneof(
    around.map((at) => new Date(at).toISOString()),
    around.map((at) => new Date(at).toISOString().replace('Z', '+00:00')),
    around.map((at) => Math.floor(at / 1000)),
  );
  const strings = [...comparisons, ...texts, ...searches];
  const anyFilter = fc.oneof(
    filter('name', strings, text),
    filter('email', strings, email),
    filter('phone', strings, phone),
    filter('$id', [...comparisons, ...texts], id),
    filter('$sequence', comparisons, fc.integer({ min: 0, max: 10 })),
    filter('labels', [...collections, 'isNull', 'isNotNull'], label),
    ...reading.moments.map((name) => filter(name, comparisons, time)),
    ...['status', 'emailVerification', 'phoneVerification', 'impersonator', 'mfa'].map((name) =>
      filter(name, comparisons, fc.boolean()),
    ),
  );
  return querySetOf(conditionOf(anyFilter), orderOf(Object.keys(fields)));
}
