import { describe, expect, test } from 'vitest';
import { importPassword, verifyPassword } from '../../src/passwords';
import { refused } from './refused';

describe('an import of scrypt', () => {
  const hash = '00'.repeat(64);
  const good = {
    passwordSalt: 'salt',
    passwordCpu: 16_384,
    passwordMemory: 8,
    passwordParallel: 1,
    passwordLength: 64,
  };
  test('is taken when all is right', () => {
    expect(importPassword('scrypt', hash, good).ok).toBe(true);
  });

  // What is taken must also be within what the runtime's scrypt accepts; where it is not, that throws.
  test.each([
    ["OWASP's 64 MiB", 65_536, 8, 2],
    ["OWASP's 8 MiB", 8_192, 8, 10],
    ['the highest cost of the smallest blocks', 32_768, 1, 32],
    ['the largest blocks', 2, 177_000, 1],
    ['the most lanes', 2, 1, 524_288],
    ['many lanes of large blocks', 2, 1_024, 512],
    ['the least of everything', 2, 1, 1],
  ])('is taken and verified at %s', async (_what, passwordCpu, passwordMemory, passwordParallel) => {
    const result = importPassword('scrypt', hash, { ...good, passwordCpu, passwordMemory, passwordParallel });
    if (!result.ok) throw new Error(result.reason);
    expect(await verifyPassword('not the password', result.password)).toBe(false);
  });

  refused('scrypt', 'password', /^Must be a scrypt hash of passwordLength bytes: 128 hexadecimal digits\.$/, [
    ['a plain password', 'swordfish', good],
    ['a hash of another length', hash.slice(2), good],
  ]);
  refused('scrypt', 'passwordSalt', /^Must be the salt/, [
    ['no salt', hash, { ...good, passwordSalt: undefined }],
    ['an empty salt', hash, { ...good, passwordSalt: '' }],
    ['no parameters', hash],
  ]);
  refused('scrypt', 'passwordCpu', /^Must be a power of two above 1 and below 2\^\(16 \* passwordMemory\)/, [
    ['no cost', hash, { ...good, passwordCpu: undefined }],
    ['a cost that is no power of two', hash, { ...good, passwordCpu: 1000 }],
    ['a cost of 1', hash, { ...good, passwordCpu: 1 }],
    ['a negative cost', hash, { ...good, passwordCpu: -2 }],
    ['a fraction', hash, { ...good, passwordCpu: 0.5 }],
    ['a cost too high for its blocks', hash, { ...good, passwordCpu: 65_536, passwordMemory: 1 }],
  ]);
  refused(
    'scrypt',
    'passwordCpu',
    /^Is too costly to verify here: .* at most 68157440 bytes.* at most 1048576\.$/,
    [
      ["OWASP's 128 MiB", hash, { ...good, passwordCpu: 131_072 }],
      ['the 1 GiB of RFC 7914', hash, { ...good, passwordCpu: 1_048_576 }],
      ['many lanes', hash, { ...good, passwordParallel: 9 }],
      ['large blocks', hash, { ...good, passwordCpu: 2, passwordMemory: 300_000 }],
      ['lanes beyond counting', hash, { ...good, passwordParallel: Number.MAX_SAFE_INTEGER }],
    ],
  );
  refused('scrypt', 'passwordMemory', /^Must be a positive integer/, [
    ['no block size', hash, { ...good, passwordMemory: undefined }],
    ['a block size of 0', hash, { ...good, passwordMemory: 0 }],
  ]);
  refused('scrypt', 'passwordParallel', /^Must be a positive integer/, [
    ['no parallelism', hash, { ...good, passwordParallel: undefined }],
    ['a parallelism of 1.5', hash, { ...good, passwordParallel: 1.5 }],
  ]);
  refused('scrypt', 'passwordLength', /^Must be an integer of at least 16/, [
    ['no length', hash, { ...good, passwordLength: undefined }],
    ['a length of 15', '00'.repeat(15), { ...good, passwordLength: 15 }],
  ]);
});

describe('an import of scrypt-modified', () => {
  const key = 'A'.repeat(86);
  const hash = `${'B'.repeat(85)}A`;
  const good = { passwordSalt: 'c2FsdA==', passwordSaltSeparator: 'Bw==', passwordSignerKey: key };
  test('is taken when all is right', () => {
    expect(importPassword('scryptMod', hash, good).ok).toBe(true);
  });

  refused('scryptMod', 'password', /^Must be a hash in base64, as long as the signer key: 64 bytes\.$/, [
    ['a plain password', 'swordfish', good],
    ['no base64', '*'.repeat(86), good],
    ['a longer hash', `${hash}AAAA`, good],
  ]);
  refused('scryptMod', 'passwordSalt', /^Must be the user's salt in base64\.$/, [
    ['no salt', hash, { ...good, passwordSalt: undefined }],
    ['an empty salt', hash, { ...good, passwordSalt: '' }],
    ['a salt that is no base64', hash, { ...good, passwordSalt: 'salt!' }],
    ['a space in the salt', hash, { ...good, passwordSalt: 'c2Fs dA==' }],
  ]);
  refused('scryptMod', 'passwordSaltSeparator', /^Must be Firebase's salt separator in base64\.$/, [
    ['no separator', hash, { ...good, passwordSaltSeparator: undefined }],
    ['half a byte', hash, { ...good, passwordSaltSeparator: 'B' }],
  ]);
  refused(
    'scryptMod',
    'passwordSignerKey',
    /^Must be Firebase's signer key in base64, at least 16 bytes\.$/,
    [
      ['no signer key', hash, { ...good, passwordSignerKey: undefined }],
      ['a short signer key', 'AAAA', { ...good, passwordSignerKey: 'AAAA' }],
    ],
  );
});
