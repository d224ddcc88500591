import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { cursorAfter, cursorBefore, limit, offset, orderDesc, parseQueries } from '../../src/lists';
import { createThings, db, fill, rowsRead, run, thing, things } from './fixture';
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

  test('in any order with any filter beside it leaves the same rows', async () => {
    await fill(
      Array.from({ length: 30 }, (_, index) =>
        thing(`${index % 3 ? 'Fóx' : 'ox'} ${index}`, {
          id: `t${String(index).padStart(2, '0')}`,
          nick: index % 2 ? null : `n${index}`,
          flag: index % 5 !== 0,
        }),
      ),
    );
    const want = Array.from({ length: 30 }, (_, i) => i).filter((i) => i % 3 && i % 2 === 0 && i % 5);
    const filters = ['notSearch("nick", "m")', 'equal("flag", [true])'];
    const searches = [
      { search: 'fox' },
      { also: ['search("name", "FOX ")'] },
      { search: 'fo', also: ['search("name", "FOX")'] },
    ];
    for (const { also = [], ...request } of searches) {
      for (const orders of [[], ['orderDesc("$sequence")'], ['orderAsc("$id")'], ['orderDesc("$id")']]) {
        const queries = parseQueries([...also, ...filters, ...orders]);
        const { rows, total } = await run({ ...request, queries });
        const sequence = orders.join().startsWith('orderDesc') ? want.toReversed() : want;
        expect(
          rows.map(({ id }) => Number(id.slice(1))),
          JSON.stringify([request, also, orders]),
        ).toEqual(sequence);
        expect(total).toBe(want.length);
      }
    }
  });

  test('tells what shares all trigrams with a term from what holds it, a thousand of them in a row', async () => {
    const decoys = (count: number) =>
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
       INSERT INTO things (id, owner, name, name_key, flag, created_at) SELECT 'd' || i || '-${count}', 1, 'aaa', 'aaa', 1, 0 FROM n`;
    const found = async (query: string) => {
      const { rows, total } = await run({ queries: parseQueries([query]) });
      return [rows.map(({ id }) => id), total];
    };
    await fill([thing('aaaaa', { id: 'first' })]);
    await db.run(sql.raw(decoys(998)));
    await db.insert(things).values({ ...thing('aaaa', { id: 'last' }), nameKey: 'aaaa' });
    expect(await found('search("name", "aaaa")')).toEqual([['first', 'last'], 2]);
    expect((await run({ search: 'aaaa' })).rows.map(({ id }) => id)).toEqual(['first', 'last']);
    await fill([thing('aaaaa', { id: 'first' })]);
    await db.run(sql.raw(decoys(1000)));
    await db.insert(things).values({ ...thing('aaaa', { id: 'last' }), nameKey: 'aaaa' });
    expect(await found('search("name", "aaaa")')).toEqual([['first'], 2]);
    expect(await found('startsWith("name", "aaaa")')).toEqual([['first', 'last'], 2]);
  });

  test('that is negated finds what shares all trigrams with a term, and nothing that has no value', async () => {
    await fill([
      thing('aaaa', { id: 'a', nick: 'aaaa' }),
      thing('aaa', { id: 'b', nick: 'aaa' }),
      thing('', { id: 'c', nick: '' }),
      thing('b', { id: 'd' }),
    ]);
    const found = async (...queries: string[]) => {
      const { rows, total } = await run({ queries: parseQueries(queries) });
      expect(total).toBe(rows.length);
      return rows.map(({ id }) => id).join('');
    };
    expect(await found('notSearch("name", "aaaa")')).toBe('bcd');
    expect(await found('notSearch("nick", "aaaa")')).toBe('bc');
    expect(await found('notSearch("nick", "aaaa")', 'orderDesc("$sequence")')).toBe('cb');
    const second = [...parseQueries(['notSearch("nick", "aaaa")']), limit(1), offset(1)];
    expect((await run({ queries: second })).rows.map(({ id }) => id)).toEqual(['c']);
    expect(await found('notSearch("name", "aaaa")', 'notSearch("name", "b")')).toBe('bc');
    expect(await found('search("name", "aaa")', 'notSearch("name", "aaaa")')).toBe('b');
    expect(await found('search("name", "aaa")', 'notSearch("nick", "zz")')).toBe('ab');
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
