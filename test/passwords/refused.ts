import { expect, test } from 'vitest';
import { type HashName, type ImportParameters, importPassword } from '../../src/passwords';

type Case = [what: string, hash: string, parameters?: ImportParameters];

/** Tests that each hash is refused, and that the refusal names `parameter` and says `reason`. */
export function refused(algorithm: HashName, parameter: string, reason: RegExp, cases: Case[]): void {
  test.each(cases)(`${algorithm} refuses %s, naming ${parameter}`, (_what, hash, parameters) => {
    const result = importPassword(algorithm, hash, parameters);
    expect(result).toEqual({ ok: false, parameter, reason: expect.stringMatching(reason) });
    if (hash !== '') expect(JSON.stringify(result)).not.toContain(hash);
  });
}
