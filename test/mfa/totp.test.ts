import { describe, expect, test } from 'vitest';
import { newTotpSecret, stepOf, totpUri } from '../../src/mfa/factors/totp';

/** The ASCII text 12345678901234567890, the secret of the RFCs' test values, as base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const STEP = 30_000;

describe('One-time passwords', () => {
  test.each([
    // RFC 6238, appendix B, SHA-1: the last six of its eight digits.
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at %i seconds', (seconds, code) => {
    expect(stepOf(SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  test('are those of RFC 4226, appendix D, a step for each count', () => {
    const codes = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
    expect(codes.map((code, step) => stepOf(SECRET, code, step * STEP))).toEqual([...codes.keys()]);
  });

  test('may be one step early or late, and no more', () => {
    const at = (steps: number) => stepOf(SECRET, '254676', (5 + steps) * STEP);
    expect([-2, -1, 0, 1, 2].map(at)).toEqual([null, 5, 5, 5, null]);
  });

  test.each(['', '25467', '2546760', '0254676', 'abcdef', '２５４６７６', '-54676', ' 25467'])(
    '%j is none',
    (code) => expect(stepOf(SECRET, code, 5 * STEP)).toBeNull(),
  );

  test('have secrets of 160 bits that differ', () => {
    const secrets = Array.from({ length: 20 }, newTotpSecret);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new Set(secrets).size).toBe(20);
  });

  test('have a URI as authenticator apps read it', () => {
    expect(totpUri(SECRET, 'My App', 'ada@example.com')).toBe(
      `otpauth://totp/My%20App:ada%40example.com?issuer=My%20App&secret=${SECRET}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
