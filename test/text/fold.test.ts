import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText } from '../../src/text/fold';

test.each([
  ['Ada', 'ada'],
  ['\u00c9', 'e'],
  ['e\u0301', 'e'],
  ['\u1ec6', 'e'],
  ['Στιγμας', 'στιγμασ'],
  ['ΐ', 'ι'],
  ['\u017fa', 'sa'],
  ['\u212a', 'k'],
  ['\u212b', 'a'],
  ['\u0130stanbul', 'istanbul'],
  ['\u00b5', '\u03bc'],
  ['Straße', 'straße'],
  ['\u1e9e', 'ß'],
  ['Øre', 'øre'],
  ['Ёлка', 'елка'],
  ['\ud55c', '\ud55c'],
  ['\u1112\u1161\u11ab', '\ud55c'],
  ['が', 'が'],
  ['か\u3099', 'が'],
  ['\u{10400}', '\u{10428}'],
  ['ﬁ', 'ﬁ'],
  ['\u0301', ''],
  ['a\0B', 'a\0b'],
  ['💩', '💩'],
])('%j is %j', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

test('every letter is folded once and for all, and as its other case and its decomposition are', () => {
  // There are no cases beyond, and the compatibility ideographs have one way to be written.
  for (let point = 0; point < 0x20000; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const letter = String.fromCodePoint(point);
    const folded = foldText(letter);
    if (folded !== foldText(folded)) expect(foldText(folded), point.toString(16)).toBe(folded);
    if (foldText(letter.normalize('NFD')) !== folded || foldText(letter.normalize('NFC')) !== folded) {
      expect.fail(`U+${point.toString(16)} is folded otherwise when it is normalised`);
    }
  }
}, 30_000);

test('any text is folded once and for all, in whatever form it comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const folded = foldText(text);
      expect(foldText(folded)).toBe(folded);
      expect(folded.normalize('NFC')).toBe(folded);
      expect(foldText(text.normalize('NFD'))).toBe(folded);
      expect(foldText(text.normalize('NFC'))).toBe(folded);
    }),
    { numRuns: 2000 },
  );
});
