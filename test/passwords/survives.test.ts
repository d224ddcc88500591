import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type HashName, hashName, importPassword, verifyPassword } from '../../src/passwords';
import { argon2 } from '../../src/passwords/argon2Wasm';
import { knownHashes } from './fixtures';

const algorithm = fc.constantFrom(...hashName.options);
/** Texts, and hashes as they are but for one character. */
const nearlyHash = fc
  .tuple(fc.constantFrom(...knownHashes.filter(isCheap)), fc.nat(), fc.string({ maxLength: 1 }))
  .map(([{ hash }, position, character]) => {
    const at = position % hash.length;
    return hash.slice(0, at) + character + hash.slice(at + 1);
  });

function isCheap({ options }: (typeof knownHashes)[number]): boolean {
  return !('memoryCost' in options && options.memoryCost > 1024) && !('cost' in options && options.cost > 5);
}

test('no stored text, however malformed, makes verifying throw', async () => {
  const stored = fc.record({
    algorithm: fc.oneof(algorithm, fc.string()),
    hash: fc.oneof(nearlyHash, fc.string({ unit: 'binary', maxLength: 300 })),
    options: fc.oneof(fc.constantFrom(...knownHashes.map(({ options }) => options)), fc.jsonValue()),
  });
  const property = fc.asyncProperty(stored, async (columns) => {
    expect(await verifyPassword('not the password', columns)).toBe(false);
  });
  await fc.assert(property, { numRuns: 300 });
});

test('no import, however malformed, throws: it is refused, or can be verified', async () => {
  const text = fc.option(fc.string(), { nil: undefined });
  const number = fc.option(fc.oneof(fc.nat(70), fc.double(), fc.constantFrom(2, 8, 16)), { nil: undefined });
  const parameters = fc.record({
    passwordVersion: text,
    passwordSalt: text,
    passwordSaltSeparator: text,
    passwordSignerKey: text,
    passwordCpu: number,
    passwordMemory: number,
    passwordParallel: number,
    passwordLength: number,
  });
  const hash = fc.oneof(nearlyHash, fc.string({ unit: 'binary', maxLength: 300 }));
  const property = fc.asyncProperty(algorithm, hash, parameters, async (name, made, given) => {
    const result = importPassword(name, made, given);
    if (result.ok) expect(await verifyPassword('not the password', result.password)).toBe(false);
    else expect(result.reason).toMatch(/\.$/);
  });
  await fc.assert(property, { numRuns: 300 });
});

const digest = 'A'.repeat(43);
test.each<[what: string, name: HashName, hash: string, options?: unknown]>([
  ['argon2 memory', 'argon2', `$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$${digest}`],
  ['argon2 passes', 'argon2', `$argon2id$v=19$m=8,t=4294967295,p=1$c29tZXNhbHQ$${digest}`],
  ['bcrypt rounds', 'bcrypt', '$2y$31$Uw52Yrjhe6cBaKxtANby9.K/p1eb4BNe78Qe6jHOLEofylWyp7KnC'],
  ['phpass rounds', 'phpass', '$P$SIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  [
    'scrypt memory',
    'scrypt',
    '00'.repeat(64),
    { type: 'scrypt', costCpu: 2 ** 30, costMemory: 8, costParallel: 1, length: 64, salt: 'salt' },
  ],
])('a stored hash that asks for too much %s is no match, at once', async (_what, name, hash, options) => {
  expect(await verifyPassword('password', { hash, algorithm: name, options })).toBe(false);
});

const bytes = (text: string) => new TextEncoder().encode(text);
const input = {
  type: 'argon2id',
  version: 19,
  memoryKib: 32,
  passes: 1,
  lanes: 1,
  password: bytes('password'),
  salt: bytes('somesalt'),
  length: 32,
} as const;

test('after argon2 refused parameters or ran out of memory it hashes on', () => {
  const before = argon2(input);
  expect(() => argon2({ ...input, passes: 0 })).toThrow(new Error('argon2: refused with code -12'));
  expect(argon2(input)).toEqual(before);
  const tooMuch = () => argon2({ ...input, memoryKib: 4_000_000 });
  expect(tooMuch).toThrow(new RangeError('argon2: more memory than a Worker can give'));
  expect(argon2(input)).toEqual(before);
});

test('argon2 makes no instance a hash, as their memory would not be freed in time', () => {
  argon2(input);
  let instances = 0;
  const counting = new Proxy(WebAssembly, {
    get(target, name) {
      if (name === 'Instance') instances++;
      return Reflect.get(target, name);
    },
  });
  vi.stubGlobal('WebAssembly', counting);
  for (const memoryKib of [8, 19_456, 20_000, 1024, 65_536, 30_000, 48_000]) argon2({ ...input, memoryKib });
  vi.unstubAllGlobals();
  // One for each size that was not there yet.
  expect(instances).toBe(2);
});
