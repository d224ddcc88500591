import { describe, expect, test } from 'vitest';
import { parseArgon2Params } from '../../src/passwords';

const owaspDefault = { memoryCost: 19_456, timeCost: 2, threads: 1 };

describe('the argon2 setting of a deployment', () => {
  test.each([undefined, '', '  '])("is OWASP's when it is %j", (text) => {
    expect(parseArgon2Params(text)).toEqual(owaspDefault);
  });

  test.each([
    ['m=19456,t=2,p=1', owaspDefault],
    [' m=19456,t=2,p=1\n', owaspDefault],
    ['m=7168,t=5,p=1', { memoryCost: 7_168, timeCost: 5, threads: 1 }],
    ['m=9216,t=4,p=1', { memoryCost: 9_216, timeCost: 4, threads: 1 }],
    ['m=12288,t=3,p=1', { memoryCost: 12_288, timeCost: 3, threads: 1 }],
    ['m=47104,t=1,p=1', { memoryCost: 47_104, timeCost: 1, threads: 1 }],
    ['m=65536,t=16,p=16', { memoryCost: 65_536, timeCost: 16, threads: 16 }],
  ])('may be %j', (text, params) => {
    expect(parseArgon2Params(text)).toEqual(params);
  });

  test.each([
    '19456,2,1',
    'm=19456',
    't=2,m=19456,p=1',
    'm=19456, t=2, p=1',
    'm=-1,t=2,p=1',
    'm=1e5,t=2,p=1',
    'strong',
  ])('is refused with an example when it is %j', (text) => {
    const message = `argon2 parameters must look like "m=19456,t=2,p=1", not "${text}"`;
    expect(() => parseArgon2Params(text)).toThrow(new Error(message));
  });

  test.each(['m=19455,t=2,p=1', 'm=47103,t=1,p=1', 'm=7167,t=100,p=1', 'm=65536,t=0,p=1', 'm=0,t=0,p=1'])(
    "is refused when it is weaker than OWASP's minimum: %s",
    (text) => {
      const minimums = 'm=47104,t=1 or m=19456,t=2 or m=12288,t=3 or m=9216,t=4 or m=7168,t=5';
      const message = `argon2 parameters "${text}": weaker than OWASP's minimum, which is ${minimums}`;
      expect(() => parseArgon2Params(text)).toThrow(new Error(message));
    },
  );

  test.each([
    ['m=65537,t=1,p=1', 'm must be at most 65536 (KiB), half of the memory that a Worker has'],
    ['m=65536,t=17,p=1', "m times t must be at most 1048576, more than a second of a Worker's time"],
    ['m=19456,t=2,p=0', 'p must be 1 to 16'],
    ['m=19456,t=2,p=17', 'p must be 1 to 16'],
  ])('is refused with the reason when it is %s', (text, reason) => {
    expect(() => parseArgon2Params(text)).toThrow(new Error(`argon2 parameters "${text}": ${reason}`));
  });
});
