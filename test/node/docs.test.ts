import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs').map((name) => join('docs', name)),
];

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): string[] {
  const headings = readFileSync(page, 'utf8').match(/^#+ .*$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  test('links to what is there', () => {
    for (const [link, path = '', anchor] of text.matchAll(/\]\(([^)#\s]*)(?:#([^)]+))?\)/g)) {
      if (/^https?:/.test(path)) continue;
      const target = path === '' ? page : join(dirname(page), path);
      expect(existsSync(target), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target), link).toContain(anchor);
    }
  });
});

test('docs/security.md names tests that there are', () => {
  const rows = readFileSync('docs/security.md', 'utf8')
    .split('\n')
    .map((line) => line.split(' | '));
  const tests = rows.filter((cells) => cells.length === 3).map(([, , test = '']) => test);
  const named = tests.flatMap((cell) => cell.match(/(?<=`)[a-z]+(\/[A-Za-z]+)?(?=`)/g) ?? []);
  expect(named.length).toBeGreaterThan(50);
  for (const name of named) expect(existsSync(`test/${name}.test.ts`), name).toBe(true);
});
