import { expect, test } from 'vitest';
import { importPassword, verifyPassword } from '../../src/passwords';
import { knownHashes } from './fixtures';

/** bcrypt looks at 72 bytes only, so a difference must be before them. */
const differing = (plain: string) => `x${plain}`;

test.each(knownHashes)(
  '$algorithm: a hash of $origin is imported as it is and verifies ($hash)',
  async ({ plain, algorithm, hash, parameters, options }) => {
    const imported = importPassword(algorithm, hash, parameters);
    expect(imported).toEqual({ ok: true, password: { hash, algorithm, options } });
    expect(await verifyPassword(plain, { hash, algorithm, options })).toBe(true);
    expect(await verifyPassword(differing(plain), { hash, algorithm, options })).toBe(false);
  },
);

test('RFC 7914: the vector without a password or a salt verifies where it is stored, though no import has no salt', async () => {
  const hash =
    '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906';
  const options = { type: 'scrypt', costCpu: 16, costMemory: 1, costParallel: 1, length: 64, salt: '' };
  expect(await verifyPassword('', { hash, algorithm: 'scrypt', options })).toBe(true);
});

test('bcrypt ignores what follows the 72nd byte, as it did where the hash was made', async () => {
  const hash = '$2y$04$Uw52Yrjhe6cBaKxtANby9.K/p1eb4BNe78Qe6jHOLEofylWyp7KnC';
  const digits = '0123456789'.repeat(10);
  const stored = { hash, algorithm: 'bcrypt', options: { type: 'bcrypt', cost: 4 } };
  expect(await verifyPassword(digits.slice(0, 72), stored)).toBe(true);
  expect(await verifyPassword(digits.slice(0, 71), stored)).toBe(false);
});

test("bcrypt: spare bits in the salt's last character do not matter", async () => {
  const usual = '$2b$05$abcdefghijklmnopqrstuuOToP16KV78Z9oaRd7Vc5jOMmcZVx.cS';
  const hash = usual.replace('tuuOToP', 'tuvOToP');
  expect(await verifyPassword('appwrite', { hash, algorithm: 'bcrypt', options: null })).toBe(true);
});
