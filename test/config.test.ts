import { env } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { configOf } from '../src/config';
import { api } from './support/api';
import { expectError } from './support/expect';

let lines: unknown[] = [];
const log = () => lines.join('\n');
beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'error').mockImplementation((line) => {
    lines.push(line);
  });
});
afterEach(() => vi.restoreAllMocks());

/** The variables of docs/configuration.md, values beyond what each may be, and what is said of it. */
const wrong: [name: string, values: (string | undefined)[], reason: string | RegExp][] = [
  ['PROJECT_ID', ['', '-a', 'a b', 'a'.repeat(37), undefined], /^it must have 1 to 36 characters of a-z/],
  ['ALLOWED_ORIGINS', ['*'], /^"\*" would let any page call/],
  ['ALLOWED_ORIGINS', ['https://app.example.com,null'], /^"null" is what pages without an origin send/],
  ['ALLOWED_ORIGINS', ['https://app.example.com/'], /^"https:\/\/app\.example\.com\/" is no origin/],
  [
    'SESSION_DURATION',
    ['59', '315360001', 'year', '1e3', '-1', ''],
    'it must be a whole number from 60 to 315360000',
  ],
  ['SESSION_LIMIT', ['1001', 'many', '1.5'], 'it must be a whole number from 0 to 1000'],
  ['REVOKE_ON_PASSWORD_CHANGE', ['yes', ''], 'it must be true or false'],
  ['PASSWORD_HISTORY', ['21'], 'it must be a whole number from 0 to 20'],
  ['PASSWORD_DICTIONARY', ['1'], 'it must be true or false'],
  ['PASSWORD_PERSONAL_DATA', ['on'], 'it must be true or false'],
  ['TOTP_ISSUER', ['x'.repeat(65)], 'it must have at most 64 characters'],
  ['ACTIVITY_RETENTION_DAYS', ['0', '3651'], 'it must be a whole number from 1 to 3650'],
  ['CONSOLE', ['no'], 'it must be true or false'],
  ['PASSWORD_ARGON2', ['m=1,t=1,p=1'], /weaker than OWASP's minimum/],
  ['ROOT_API_KEY', ['short-secret', '', undefined], 'it must have at least 32 characters'],
  ['ENCRYPTION_KEY', ['short-secret'], /at least 32 characters$/],
];
const cases = wrong.flatMap(([name, values, reason]) =>
  values.map((value) => [name, value, reason] as const),
);

describe('A variable that makes no sense', () => {
  test.each(cases)('%s=%j is named by the health check and in the log', async (name, value, reason) => {
    const bindings = { [name]: value };
    const answer = await api('GET /health', { env: bindings, headers: { 'x-appwrite-key': null } });
    const told = `The variable ${name} of this deployment is invalid: `;
    expectError(answer, 'general_service_unavailable', { message: new RegExp(`^${told}`) });
    const said = answer.body.message.slice(told.length);
    expect(said).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
    expect(answer.text).not.toContain('short-secret');
    expect(log()).toContain(told);
    expect(log()).not.toContain('short-secret');
  });

  test('is named beside all others that are wrong', async () => {
    const answer = await api('GET /health', { env: { SESSION_LIMIT: 'many', TOTP_ISSUER: 'x'.repeat(65) } });
    expect(answer.body.message).toBe(
      'The variable SESSION_LIMIT of this deployment is invalid: it must be a whole number from 0 to 1000. ' +
        'The variable TOTP_ISSUER of this deployment is invalid: it must have at most 64 characters',
    );
  });

  test.each(['GET /users', 'POST /users', 'GET /health/version', 'GET /', 'POST /account/sessions/email'])(
    'stops %s, which does not tell it',
    async (route) => {
      const answer = await api(route, {
        env: { SESSION_LIMIT: 'many' },
        headers: { origin: 'https://app.test' },
      });
      expectError(answer, 'general_service_unavailable', {
        message:
          'This deployment is not set up correctly: GET /v1/health tells which of its variables is wrong.',
      });
    },
  );

  test('is told in the log once, not with every request', async () => {
    const bindings = { ...env, SESSION_LIMIT: 'many' };
    for (let i = 0; i < 3; i++) expect(() => configOf(bindings)).toThrow(/^The variable SESSION_LIMIT/);
    expect(lines).toHaveLength(1);
  });
});

test('A variable on its bounds is taken', () => {
  const bounds = {
    SESSION_DURATION: '60',
    SESSION_LIMIT: '0',
    PASSWORD_HISTORY: '20',
    ACTIVITY_RETENTION_DAYS: '3650',
    TOTP_ISSUER: 'x'.repeat(64),
    ALLOWED_ORIGINS: 'https://*.example.com, http://localhost:*, appwrite-android://com.example.app',
  };
  expect(configOf({ ...env, ...bounds })).toMatchObject({ SESSION_DURATION: 60, PASSWORD_HISTORY: 20 });
});

test('A number or a truth of wrangler.toml is taken without quotes too', () => {
  const unquoted = { ...env, SESSION_LIMIT: 5, PASSWORD_DICTIONARY: true, REVOKE_ON_PASSWORD_CHANGE: false };
  expect(configOf(unquoted)).toMatchObject({
    SESSION_LIMIT: 5,
    PASSWORD_DICTIONARY: true,
    REVOKE_ON_PASSWORD_CHANGE: false,
  });
});
