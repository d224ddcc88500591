import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Argon2Params,
  argon2Options,
  defaultArgon2Params,
  dummyPassword,
  hashPassword,
  needsRehash,
  verifyPassword,
} from '../../src/passwords';

/** Quick, and far below what a deployment may set. */
const quick: Argon2Params = { memoryCost: 32, timeCost: 1, threads: 1 };
const unicodeText = fc.string({ unit: 'binary', maxLength: 256 });

describe('a new password', () => {
  test('is argon2id in PHC form with a salt of 16 bytes and a digest of 32', async () => {
    const stored = await hashPassword('correct horse', defaultArgon2Params);
    expect(stored.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(stored.algorithm).toBe('argon2');
    expect(stored.options).toEqual({ type: 'argon2', memoryCost: 19456, timeCost: 2, threads: 1 });
    expect(stored.options).toEqual(argon2Options(defaultArgon2Params));
    expect(await verifyPassword('correct horse', stored)).toBe(true);
    expect(await verifyPassword('correct hors', stored)).toBe(false);
  });

  test('has a salt of its own each time', async () => {
    const [one, other] = await Promise.all([hashPassword('same', quick), hashPassword('same', quick)]);
    expect(one.hash).not.toBe(other.hash);
  });

  test('verifies with itself, whatever its characters', async () => {
    const property = fc.asyncProperty(unicodeText, async (plain) => {
      expect(await verifyPassword(plain, await hashPassword(plain, quick))).toBe(true);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  test('verifies with no other', async () => {
    const property = fc.asyncProperty(unicodeText, unicodeText, async (plain, other) => {
      fc.pre(plain !== other);
      expect(await verifyPassword(other, await hashPassword(plain, quick))).toBe(false);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  test.each([
    ['its last letter, after others than ASCII', 'pässwörd', 'pässwörX'],
    ['its last emoji', '🔑🔑🔑🔑', '🔑🔑🔑🔒'],
    ['a trailing space', 'password', 'password '],
    ['its normal form', 'caf\u00e9 au lait', 'cafe\u0301 au lait'],
    ['a zero after it', 'password', 'password\0'],
    ['what follows a zero', 'pass\0word', 'pass\0wort'],
    ['the last of 256 characters', `${'ü'.repeat(255)}a`, `${'ü'.repeat(255)}b`],
    ['its case', 'Password', 'password'],
  ])('is told from one that differs in %s', async (_difference, plain, other) => {
    const stored = await hashPassword(plain, quick);
    expect(await verifyPassword(plain, stored)).toBe(true);
    expect(await verifyPassword(other, stored)).toBe(false);
  });

  test('hashes and verifies while others do, and after the memory grew', async () => {
    const large = { memoryCost: 65_536, timeCost: 1, threads: 1 };
    const all = [quick, { ...quick, threads: 4 }, large, quick, defaultArgon2Params];
    const stored = await Promise.all(all.map((params, i) => hashPassword(`password ${i}`, params)));
    const verified = stored.map((one, i) => verifyPassword(`password ${i}`, one));
    expect(await Promise.all(verified)).toEqual([true, true, true, true, true]);
  });
});

describe('a stored password is to be hashed again', () => {
  const params = { memoryCost: 64, timeCost: 2, threads: 1 };

  test('not when it is what a new one would be', async () => {
    expect(needsRehash(await hashPassword('password', params), params)).toBe(false);
  });

  test.each([
    ['memory', { ...params, memoryCost: 128 }],
    ['passes', { ...params, timeCost: 3 }],
    ['threads', { ...params, threads: 2 }],
    ['memory, though it was higher', { ...params, memoryCost: 32 }],
  ])('when the deployment changed the %s', async (_what, now) => {
    expect(needsRehash(await hashPassword('password', params), now)).toBe(true);
  });

  const salt = 'c29tZXNhbHRzb21lc2FsdA';
  const digest = 'A'.repeat(43);
  test.each([
    ['of another algorithm', 'bcrypt', '$2y$04$Uw52Yrjhe6cBaKxtANby9.K/p1eb4BNe78Qe6jHOLEofylWyp7KnC'],
    ['argon2i', 'argon2', `$argon2i$v=19$m=64,t=2,p=1$${salt}$${digest}`],
    ["argon2's old version", 'argon2', `$argon2id$v=16$m=64,t=2,p=1$${salt}$${digest}`],
    ['shortly salted', 'argon2', `$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$${digest}`],
    ['a short digest', 'argon2', `$argon2id$v=19$m=64,t=2,p=1$${salt}$${'A'.repeat(22)}`],
    ['unreadable', 'argon2', 'no hash'],
  ])('when it is %s', (_what, algorithm, hash) => {
    expect(needsRehash({ algorithm, hash }, params)).toBe(true);
  });
});

describe('the dummy password', () => {
  test('looks like one hashed today, so that verifying it takes as long', () => {
    expect(needsRehash(dummyPassword(defaultArgon2Params), defaultArgon2Params)).toBe(false);
    expect(dummyPassword(defaultArgon2Params).options).toEqual(argon2Options(defaultArgon2Params));
  });

  test.each(['', 'password', '\0', 'dummy'])('matches nothing, such as %j', async (plain) => {
    expect(await verifyPassword(plain, dummyPassword(quick))).toBe(false);
  });
});
