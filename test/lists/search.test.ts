import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { cursorAfter, cursorBefore, limit, orderDesc, parseQueries } from '../../src/lists';
import { createThings, fill, rowsRead, run, thing } from './fixture';
import { found } from './found';

beforeAll(createThings);

async function search(term: string): Promise<string[]> {
  return (await run({ search: term })).rows.map(({ name }) => name);
}

describe('search', () => {
  const names = [
    'José ÁLVAREZ',
    'a"b',
    '100%',
    'x*y',
    '-minus',
    'NEAR (a b)',
    '🦊🦊 fox',
    'AND OR NOT',
    'q',
    'Straße',
  ];

  test.each([
    ['josé á', ['José ÁLVAREZ']],
    ['Jose\u0301 a', ['José ÁLVAREZ']],
    ['osE', ['José ÁLVAREZ']],
    ['É A', ['José ÁLVAREZ']],
    ['jÓ', ['José ÁLVAREZ']],
    ['a\u0301L', ['José ÁLVAREZ']],
    ['á', ['José ÁLVAREZ', 'a"b', 'NEAR (a b)', 'AND OR NOT']],
    ['sÉ', []],
    ['Z', []],
    ['"', ['a"b']],
    ['"""', ['a"b']],
    ['a"b', ['a"b']],
    ['%', []],
    ['0%', []],
    ['00%', ['100%']],
    ['10', ['100%']],
    ['x*', ['x*y']],
    ['x*y', ['x*y']],
    ['-m', ['-minus']],
    ['NEAR', ['NEAR (a b)']],
    ['near (a', ['NEAR (a b)']],
    ['🦊', ['🦊🦊 fox']],
    ['🦊🦊 f', ['🦊🦊 fox']],
    ['and or not', ['AND OR NOT']],
    ['  q  ', ['q']],
    ['" fox"', ['🦊🦊 fox']],
    ['name : a', []],
    ['ß', []],
    ['raß', ['Straße']],
    ['RAẞ', ['Straße']],
    ['ss', []],
    ['(', ['NEAR (a b)']],
    ['(a', ['NEAR (a b)']],
    [') ', []],
    ['" b"', ['NEAR (a b)']],
    ['-', ['-minus']],
    ['Q', ['q']],
    ['\0', []],
    ['100\0%', []],
    ['q\u001f\u001f', []],
    ['\ud83e', []],
    ['\ud83e\udd8a\ud83e', []],
  ])('%j finds %j', async (term, want) => {
    await fill(names.map((name) => thing(name)));
    expect(await search(term)).toEqual(want);
  });

  test.each(['', '   ', '""', undefined])('of %j is no search', async (term) => {
    await fill(names.map((name) => thing(name)));
    const { rows, total } = await run(term === undefined ? {} : { search: term });
    expect(rows.map(({ name }) => name)).toEqual(names);
    expect(total).toBe(123456);
  });

  test('finds exactly the rows that hold the term, whatever is in it and however long it is', async () => {
    const part = fc.constantFrom(
      ...['a', 'b', 'A', 'Ab', 'é', 'É', 'ß', 'Ж', 'ж', 'Σ', 'σ', 'I', 'i', '漢', '字', '🦊', '👩‍🚀'],
      ...[
        '"',
        "'",
        '%',
        '*',
        '-',
        '_',
        '\\',
        '(',
        ')',
        ':',
        '^',
        '+',
        '{',
        '}',
        ',',
        ' ',
        'NEAR',
        ' OR ',
        'NOT ',
        '\n',
        '\u0001',
      ],
    );
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    const long = fc
      .array(part, { minLength: 100, maxLength: 300 })
      .map((parts) => [...parts.join('')].slice(0, 256).join(''));
    const names = fc.array(fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: long }), {
      maxLength: 12,
    });
    const terms = fc.array(fc.oneof(part, text, long), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        names,
        terms,
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 256 })), { maxLength: 12 }),
        async (some, free, cuts) => {
          const rows = await fill(some.map((name) => thing(name)));
          const cut = cuts.map(([row, start, length]) => {
            const characters = [...(some[row % Math.max(1, some.length)] ?? 'a')];
            const from = start % Math.max(1, characters.length);
            return characters.slice(from, from + length).join('');
          });
          for (const term of [...free, ...cut]) {
            const want = rows.filter(({ name }) => found(name, term)).map(({ name }) => name);
            expect(await search(term), JSON.stringify(term)).toEqual(want);
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  test('looks in every column of its index, and a search query in one', async () => {
    await fill([thing('Anna', { nick: 'Bob' }), thing('Bob', { nick: 'Anna' }), thing('Bob')]);
    const names = async (query: string) =>
      (await run({ queries: parseQueries([query]) })).rows.map(({ id: _, ...row }) => [row.name, row.nick]);
    expect(await search('bob')).toEqual(['Anna', 'Bob', 'Bob']);
    expect(await search('bo')).toEqual(['Anna', 'Bob', 'Bob']);
    expect(await search('ob')).toEqual([]);
    expect(await names('search("name", "ann")')).toEqual([['Anna', 'Bob']]);
    expect(await names('search("nick", "nna")')).toEqual([['Bob', 'Anna']]);
    expect(await names('notSearch("nick", "nna")')).toEqual([['Anna', 'Bob']]);
    expect(await names('notSearch("nick", "an")')).toEqual([['Anna', 'Bob']]);
  });

  test('pages by the cursor in both directions, with filters, and in another order', async () => {
    const rows = await fill(
      Array.from({ length: 9 }, (_, index) =>
        thing(`fox ${index}`, { id: `t${index}`, flag: index % 2 === 0 }),
      ),
    );
    const at = async (...queries: Parameters<typeof run>[0]['queries'] & object) =>
      (await run({ search: 'fox', queries })).rows.map(({ id }) => id);
    expect(rows).toHaveLength(9);
    expect(await at(cursorAfter('t3'), limit(2))).toEqual(['t4', 't5']);
    expect(await at(cursorBefore('t3'), limit(2))).toEqual(['t1', 't2']);
    expect(await at(cursorAfter('t3'), limit(2), ...parseQueries(['equal("flag", [true])']))).toEqual([
      't4',
      't6',
    ]);
    expect(await at(cursorAfter('t3'), limit(2), orderDesc())).toEqual(['t2', 't1']);
    expect(await at(cursorBefore('t3'), limit(2), orderDesc('name'))).toEqual(['t5', 't4']);
    expect((await run({ search: 'fox', queries: parseQueries(['equal("flag", [true])']) })).total).toBe(5);
  });

  test('of a term that every row holds reads no more than the page', async () => {
    const rows = await fill(Array.from({ length: 400 }, (_, index) => thing(`fox ${index}`)));
    const [page = 0] = await rowsRead({
      search: 'fox',
      queries: [limit(10), cursorAfter(rows[100]?.id ?? '')],
    });
    expect(page).toBeLessThan(50);
  });
});
