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

/** Names of tests as the documents have them: `sessions/model` is test/sessions/model.test.ts. */
const NAME =
  /(?<=`)(?:account|activities|activity|browser|db|deletion|emails|errors|events|guessing|http|keys|lists|mfa|node|passwords|request|sdk|secrets|sessions|targets|teams|users|webhooks|wire)\/[A-Za-z]+(?=`)/g;

test.each(['docs/security.md', 'docs/consistency.md', 'docs/events.md'])(
  '%s names tests that there are',
  (page) => {
    const named = readFileSync(page, 'utf8').match(NAME) ?? [];
    expect(named.length).toBeGreaterThan(10);
    for (const name of named) expect(existsSync(`test/${name}.test.ts`), name).toBe(true);
  },
);

test('docs/security.md names a test for each requirement, or says in words what holds it', () => {
  const rows = readFileSync('docs/security.md', 'utf8')
    .split('\n')
    .map((line) => line.split(' | '));
  const tests = rows
    .filter((cells) => cells.length === 3)
    .slice(1)
    .map(([, , test = '']) => test);
  expect(tests.length).toBeGreaterThan(40);
  for (const cell of tests) expect(cell).toMatch(/`|^(test|---) \|$/);
});
