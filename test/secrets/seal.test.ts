import { describe, expect, test } from 'vitest';
import { keyedHash, seal, unseal } from '../../src/secrets/seal';

const KEY = 'a key of at least 32 characters.';
const OTHER = 'another key of 32 characters too';

describe('A sealed secret', () => {
  test('opens with its key, for what it is of', async () => {
    const sealed = await seal(KEY, 'sesame 😀', 'user a');
    expect(await unseal([KEY], sealed, 'user a')).toEqual({ secret: 'sesame 😀', isCurrent: true });
  });

  test('does not open for anybody else', async () => {
    expect(await unseal([KEY], await seal(KEY, 'sesame', 'user a'), 'user b')).toBeNull();
  });

  test('tells that its key is no longer the one of today', async () => {
    const sealed = await seal(KEY, 'sesame', 'user a');
    expect(await unseal([OTHER, KEY], sealed, 'user a')).toEqual({ secret: 'sesame', isCurrent: false });
    expect(await unseal([OTHER], sealed, 'user a')).toBeNull();
    expect(await unseal([], sealed, 'user a')).toBeNull();
  });

  test('does not open once any of it was changed', async () => {
    const sealed = await seal(KEY, 'sesame', 'user a');
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed[at] === 'A' ? 'B' : 'A';
      const forged = sealed.slice(0, at) + changed + sealed.slice(at + 1);
      // The last characters of base64 hold bits that mean nothing.
      const isSame = at === sealed.length - 1 && (await unseal([KEY], forged, 'user a')) !== null;
      if (!isSame) expect(await unseal([KEY], forged, 'user a'), forged).toBeNull();
    }
    for (const nonsense of [
      '',
      '.',
      'v1',
      'v1..',
      sealed.slice(0, -4),
      `${sealed}.x!`.replace('.', ''),
      '{}',
    ])
      expect(await unseal([KEY], nonsense, 'user a')).toBeNull();
  });

  test('is another one each time, and shows neither secret nor key', async () => {
    const sealed = await Promise.all(Array.from({ length: 20 }, () => seal(KEY, 'sesame', 'user a')));
    expect(new Set(sealed).size).toBe(20);
    for (const text of sealed) expect(text).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{46}$/);
  });
});

test('A keyed hash is the same for the same key and text, and for no other', () => {
  const hash = keyedHash(KEY, 'text');
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(keyedHash(KEY, 'text')).toBe(hash);
  expect(keyedHash(KEY, 'texts')).not.toBe(hash);
  expect(keyedHash(OTHER, 'text')).not.toBe(hash);
});
