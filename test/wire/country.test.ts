import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countryOf } from '../../src/wire/country';

const unknown = { countryCode: '--', countryName: 'Unknown' };

describe('A country is named in the language of the caller', () => {
  test.each([
    ['DE', 'en', 'de', 'Germany'],
    ['de', 'en', 'de', 'Germany'],
    ['DE', 'de', 'de', 'Deutschland'],
    ['BR', 'pt-br', 'br', 'Brasil'],
    ['TW', 'zh-TW', 'tw', '台灣'],
    ['US', 'fr-CA', 'us', 'États-Unis'],
    ['XK', 'en', 'xk', 'Kosovo'],
    ['DE', 'de-u-ca-buddhist', 'de', 'Deutschland'],
  ])('%s in %s', (code, locale, countryCode, countryName) => {
    expect(countryOf(code, locale)).toStrictEqual({ countryCode, countryName });
  });

  test.each([
    '',
    'english please',
    'de_DE',
    '*',
    'e',
    'de-',
    'qaa',
    'la',
    `de-${'x'.repeat(40)}`,
    `de-${'abcde-'.repeat(9)}abcde`,
  ])('in English where the locale is %j', (locale) => {
    expect(countryOf('DE', locale)).toStrictEqual({ countryCode: 'de', countryName: 'Germany' });
  });
});

describe('What is no country is unknown', () => {
  test.each([
    null,
    undefined,
    '',
    'XX',
    'xx',
    'T1',
    'ZZ',
    'XA',
    'XB',
    'AA',
    'D',
    'DEU',
    '--',
    ' DE',
    '001',
    'ſs',
  ])('%j', (code) => {
    expect(countryOf(code, 'de')).toStrictEqual(unknown);
  });
});

test('any text as code and locale gives a code of two characters and a name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (code, locale) => {
      const { countryCode, countryName } = countryOf(code, locale);
      expect(countryCode).toMatch(/^(?:[a-z]{2}|--)$/);
      expect(countryName).not.toBe('');
    }),
    { numRuns: 1_000 },
  );
});

test('a caller who sends more locales than are kept still gets each in its own language', () => {
  const languages = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `de-x-${letter}`);
  for (const locale of [...languages, 'fr', 'it', 'es', 'nl', 'sv', 'pl', 'cs', 'da', 'de'])
    countryOf('DE', locale);
  expect(countryOf('DE', 'fr').countryName).toBe('Allemagne');
  expect(countryOf('DE', 'de').countryName).toBe('Deutschland');
  expect(countryOf('DE', 'en').countryName).toBe('Germany');
});
