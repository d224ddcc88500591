import { folded } from '../../lists/found';
import type { Person } from './people';

/** Parameters of a method of the SDK's `Query`, and which of the people its query keeps. */
export type FilterCase = readonly [
  parameters: (people: readonly Person[]) => readonly unknown[],
  keeps: (person: Person, people: readonly Person[]) => boolean,
];

const filter = (parameters: readonly unknown[], keeps: (person: Person) => boolean): FilterCase => [
  () => parameters,
  keeps,
];

/** A filter of names, which are compared whatever their case and accents. */
const ofName = (value: unknown, keeps: (name: string) => boolean): FilterCase =>
  filter(['name', value], ({ name }) => keeps(folded(name)));

/** The moment of one of the people, as the API tells it: queries take it as it is. */
const at = (people: readonly Person[], index: number, field: '$createdAt' | '$updatedAt' = '$createdAt') =>
  people[index]?.[field] ?? '';

const holds = (text: string, ...parts: string[]) => parts.some((part) => text.includes(part));

/** The filters of every generation's `Query`, each held against plain JavaScript. */
export const filterCases: Readonly<Record<string, readonly FilterCase[]>> = {
  equal: [
    ofName('Ada', (name) => name === 'ada'),
    ofName(['ada', 'Bo "B" Builder'], (name) => ['ada', 'bo "b" builder'].includes(name)),
    ofName('Cleo, NEAR * [1]', (name) => name === 'cleo, near * [1]'),
    ofName('Émile 👩‍🚀', (name) => name === 'emile 👩‍🚀'),
    filter(['status', false], ({ status }) => !status),
    filter(['emailVerification', [true]], ({ emailVerification }) => emailVerification),
    filter(['phoneVerification', true], ({ phoneVerification }) => phoneVerification),
    [(people) => ['$id', people[1]?.$id], (person, people) => person === people[1]],
    [(people) => ['email', people[2]?.email.toUpperCase()], (person, people) => person === people[2]],
    [(people) => ['phone', people[4]?.phone], (person, people) => person === people[4]],
    [(people) => ['$createdAt', at(people, 3)], ({ $createdAt }, people) => $createdAt === at(people, 3)],
  ],
  notEqual: [ofName('Ada', (name) => name !== 'ada'), filter(['status', true], ({ status }) => !status)],
  lessThan: [
    ofName('Bo', (name) => name < 'bo'),
    [(people) => ['registration', at(people, 3)], ({ registration }, people) => registration < at(people, 3)],
  ],
  lessThanEqual: [ofName('Ada', (name) => name <= 'ada')],
  greaterThan: [
    ofName('Cleo', (name) => name > 'cleo'),
    [
      (people) => ['$updatedAt', at(people, 2, '$updatedAt')],
      ({ $updatedAt }, people) => $updatedAt > at(people, 2, '$updatedAt'),
    ],
  ],
  greaterThanEqual: [
    ofName('B', (name) => name >= 'b'),
    [
      (people) => ['passwordUpdate', at(people, 2)],
      ({ passwordUpdate }, people) => passwordUpdate !== '' && passwordUpdate >= at(people, 2),
    ],
  ],
  isNull: [
    filter(['phone'], ({ phone }) => phone === ''),
    filter(['passwordUpdate'], ({ passwordUpdate }) => passwordUpdate === ''),
  ],
  isNotNull: [filter(['phone'], ({ phone }) => phone !== '')],
  between: [
    filter(['name', 'Ada', 'Cleo'], ({ name }) => folded(name) >= 'ada' && folded(name) <= 'cleo'),
    [
      (people) => ['registration', at(people, 1), at(people, 3)],
      ({ $createdAt }, people) => $createdAt >= at(people, 1) && $createdAt <= at(people, 3),
    ],
  ],
  notBetween: [filter(['name', 'Ada', 'Cleo'], ({ name }) => folded(name) < 'ada' || folded(name) > 'cleo')],
  startsWith: [ofName('Bo "', (name) => name.startsWith('bo "'))],
  notStartsWith: [ofName('A', (name) => !name.startsWith('a'))],
  endsWith: [ofName('👩‍🚀', (name) => name.endsWith('👩‍🚀'))],
  notEndsWith: [ofName('da', (name) => !name.endsWith('da'))],
  contains: [
    ofName('* [', (name) => holds(name, '* [')),
    filter(['labels', ['vip']], ({ labels }) => labels.includes('vip')),
    filter(['labels', ['vip', 'beta']], ({ labels }) => labels.includes('vip') || labels.includes('beta')),
    ofName(['da', 'mile'], (name) => holds(name, 'da', 'mile')),
  ],
  containsAny: [
    filter(['labels', ['vip', 'beta']], ({ labels }) => labels.includes('vip') || labels.includes('beta')),
    ofName(['Bo', 'leo'], (name) => holds(name, 'bo', 'leo')),
  ],
  containsAll: [
    filter(
      ['labels', ['beta', 'staff']],
      ({ labels }) => labels.includes('beta') && labels.includes('staff'),
    ),
    ofName(['B', '"'], (name) => holds(name, 'b') && holds(name, '"')),
  ],
  notContains: [
    filter(
      ['labels', ['vip', 'staff']],
      ({ labels }) => !labels.includes('vip') && !labels.includes('staff'),
    ),
    ofName('da', (name) => !holds(name, 'da')),
  ],
  search: [ofName('ADA', (name) => holds(name, 'ada'))],
  notSearch: [ofName('ADA', (name) => !holds(name, 'ada'))],
  createdBefore: [[(people) => [at(people, 2)], ({ $createdAt }, people) => $createdAt < at(people, 2)]],
  createdAfter: [[(people) => [at(people, 2)], ({ $createdAt }, people) => $createdAt > at(people, 2)]],
  createdBetween: [
    [
      (people) => [at(people, 1), at(people, 2)],
      ({ $createdAt }, people) => $createdAt >= at(people, 1) && $createdAt <= at(people, 2),
    ],
  ],
  updatedBefore: [
    [
      (people) => [at(people, 2, '$updatedAt')],
      ({ $updatedAt }, people) => $updatedAt < at(people, 2, '$updatedAt'),
    ],
  ],
  updatedAfter: [
    [
      (people) => [at(people, 2, '$updatedAt')],
      ({ $updatedAt }, people) => $updatedAt > at(people, 2, '$updatedAt'),
    ],
  ],
  updatedBetween: [
    [
      (people) => [at(people, 1, '$updatedAt'), at(people, 2, '$updatedAt')],
      ({ $updatedAt }, people) =>
        $updatedAt >= at(people, 1, '$updatedAt') && $updatedAt <= at(people, 2, '$updatedAt'),
    ],
  ],
};

const line = [
  [1, 2],
  [3, 4],
];

const shapes = (method: string) =>
  `Spatial query "${method}" cannot be applied on non-spatial attribute: name`;
const vectors = 'Vector queries can only be used on vector attributes';

/** The methods of `Query` that make no sense of users, with parameters, and why they are refused. */
export const refusedCases: Readonly<Record<string, readonly [parameters: readonly unknown[], why: string]>> =
  {
    regex: [['name', 'A.*'], 'Invalid query method: regex. Use startsWith, endsWith, contains or search.'],
    exists: [
      [['name']],
      'Invalid query method: exists. It is for collections without a schema. Use isNotNull.',
    ],
    notExists: [
      [['name']],
      'Invalid query method: notExists. It is for collections without a schema. Use isNull.',
    ],
    elemMatch: [
      ['labels', ['{"method":"equal","attribute":"a","values":[1]}']],
      'Invalid query method: elemMatch',
    ],
    distanceEqual: [['name', [1, 2], 3], shapes('distanceEqual')],
    distanceNotEqual: [['name', [1, 2], 3], shapes('distanceNotEqual')],
    distanceGreaterThan: [['name', [1, 2], 3], shapes('distanceGreaterThan')],
    distanceLessThan: [['name', [1, 2], 3], shapes('distanceLessThan')],
    vectorDot: [['name', [1, 2]], vectors],
    vectorCosine: [['name', [1, 2]], vectors],
    vectorEuclidean: [['name', [1, 2]], vectors],
    intersects: [['name', line], shapes('intersects')],
    notIntersects: [['name', line], shapes('notIntersects')],
    crosses: [['name', line], shapes('crosses')],
    notCrosses: [['name', line], shapes('notCrosses')],
    overlaps: [['name', line], shapes('overlaps')],
    notOverlaps: [['name', line], shapes('notOverlaps')],
    touches: [['name', line], shapes('touches')],
    notTouches: [['name', line], shapes('notTouches')],
  };
