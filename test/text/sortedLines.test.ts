import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasLine } from '../../src/text/sortedLines';

const textOf = (lines: readonly string[]) =>
  [...new Set(lines)]
    .sort()
    .map((line) => `${line}\n`)
    .join('');

const line = fc.string({ maxLength: 5, unit: fc.constantFrom('a', 'b', '.', '-', 'é', '😀') });

test('a line is found if and only if the text has it', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), line, (lines, wanted) => {
      expect(hasLine(textOf(lines), wanted)).toBe(lines.includes(wanted));
      for (const known of lines) expect(hasLine(textOf(lines), known)).toBe(true);
    }),
  );
});

test('an empty text has no line', () => {
  expect(hasLine('', '')).toBe(false);
});
