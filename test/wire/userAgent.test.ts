import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseUserAgent } from '../../src/wire/userAgent';
import { desktops } from './userAgents/desktops';
import { handhelds } from './userAgents/handhelds';
import { programs } from './userAgents/programs';
import { nothing } from './userAgents/rows';

const userAgents = [...desktops, ...handhelds, ...programs];

describe('A user agent is read into the codes and names that Appwrite gives', () => {
  test.each(userAgents)('%s', (_what, userAgent, parsed) => {
    expect(parseUserAgent(userAgent)).toStrictEqual(parsed);
  });

  test('the same again, after more others than are remembered', () => {
    for (let version = 0; version < 200; version++) {
      expect(parseUserAgent(`curl/${version}`).clientVersion).toBe(`${version}`);
    }
    for (const [, userAgent, parsed] of [...userAgents, ...userAgents]) {
      expect(parseUserAgent(userAgent)).toStrictEqual(parsed);
    }
  });
});

describe('A user agent is text from anyone', () => {
  const fragments = userAgents.flatMap(([, userAgent]) => userAgent.slice(0, 600).split(/(?<=[ ;(/)])/));
  const mixed = fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => parts.join(''));
  const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 2_000 }), mixed);

  test('any text gives the twelve fields, all strings, and throws nothing', () => {
    fc.assert(
      fc.property(anything, (userAgent) => {
        const parsed = parseUserAgent(userAgent);
        expect(Object.keys(parsed).sort()).toStrictEqual(Object.keys(nothing).sort());
        for (const value of Object.values(parsed)) expect(value).toBeTypeOf('string');
      }),
      { numRuns: 1_000 },
    );
  });

  test('what stands after the first 512 characters is not read', () => {
    const curl = ' curl/8.5.0';
    expect(parseUserAgent('x'.repeat(512 - curl.length) + curl).clientName).toBe('curl');
    expect(parseUserAgent('x'.repeat(513 - curl.length) + curl).clientVersion).toBe('8.5');
    expect(parseUserAgent('x'.repeat(512) + curl)).toStrictEqual(nothing);
  });

  test('no more than ten brackets are read, which cost the more the more there are', () => {
    const brackets = 'naver(1.'.repeat(60);
    expect(parseUserAgent(`curl/8.5.0 ${brackets}`)).toStrictEqual(
      parseUserAgent(`curl/8.5.0 ${'naver(1.'.repeat(10)}naver`),
    );
    const real = 'Mozilla/5.0 (Windows NT 10.0) (b) (c) (d) (e) (f) (g) (h) (i) (j) Firefox/125.0';
    expect(parseUserAgent(real).clientName).toBe('Firefox');
    expect(parseUserAgent(real.replace('(j)', '(j) (k)')).clientName).not.toBe('Firefox');
  });

  test('a cut never leaves half a character, which no client could read back', () => {
    for (let before = 440; before < 515; before++) {
      const parsed = parseUserAgent(
        `Mozilla/5.0 (Linux; Android 9; ${'x'.repeat(before)}${'💩'.repeat(20)} Build/1)`,
      );
      for (const value of Object.values(parsed)) expect(value.isWellFormed()).toBe(true);
    }
  });

  test.each(['naver(1.', 'droid droid ', 'droid .; webkit/537.36 chrome/', '(', 'curl/ '])(
    'a megabyte of %j reads as its first 512 characters',
    (pattern) => {
      const megabyte = pattern.repeat(Math.ceil(1_000_000 / pattern.length));
      expect(parseUserAgent(megabyte)).toStrictEqual(parseUserAgent(megabyte.slice(0, 512)));
    },
  );
});
