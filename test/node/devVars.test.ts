import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureDevVars } from '../../scripts/lib/devVars.ts';
import { isAllowedOrigin, parseOrigins } from '../../src/http/origins';

let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dev-vars-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const read = () => parseEnv(readFileSync(join(home, '.dev.vars'), 'utf8'));

test('A first start makes .dev.vars with a secret of each kind, for its owner alone', () => {
  const path = join(home, '.dev.vars');
  expect(ensureDevVars(home)).toEqual({ path, isNew: true, added: [] });
  const { ROOT_API_KEY, ENCRYPTION_KEY, ...rest } = read();
  expect(ROOT_API_KEY).toMatch(/^[0-9a-f]{64}$/);
  expect(ENCRYPTION_KEY).toMatch(/^[0-9a-f]{64}$/);
  expect(ENCRYPTION_KEY).not.toBe(ROOT_API_KEY);
  expect(rest).toEqual({ ALLOWED_ORIGINS: 'http://localhost:*,http://127.0.0.1:*' });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('It allows pages of this machine on every port, that of HTTP included', () => {
  ensureDevVars(home);
  const allowed = parseOrigins(read().ALLOWED_ORIGINS ?? '');
  if ('problem' in allowed) throw new Error(allowed.problem);
  for (const origin of [
    'http://localhost',
    'http://localhost:5173',
    'http://127.0.0.1',
    'http://127.0.0.1:65535',
  ])
    expect(isAllowedOrigin(origin, allowed), origin).toBe(true);
  for (const origin of ['http://localhost.evil.test', 'http://192.168.0.1', 'https://evil.test'])
    expect(isAllowedOrigin(origin, allowed), origin).toBe(false);
});

test('A file that lacks a secret gets it, and keeps what it had', () => {
  const path = join(home, '.dev.vars');
  writeFileSync(path, 'ROOT_API_KEY="mine"\nPROJECT_ID="other"');
  expect(ensureDevVars(home)).toEqual({ path, isNew: false, added: ['ENCRYPTION_KEY'] });
  expect(read()).toEqual({
    ROOT_API_KEY: 'mine',
    PROJECT_ID: 'other',
    ENCRYPTION_KEY: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const text = readFileSync(path, 'utf8');
  expect(ensureDevVars(home)).toEqual({ path, isNew: false, added: [] });
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('A copy of .dev.vars.example gets secrets of its own, since what it shows is public', () => {
  const path = join(home, '.dev.vars');
  copyFileSync('.dev.vars.example', path);
  expect(ensureDevVars(home)).toEqual({ path, isNew: false, added: ['ROOT_API_KEY', 'ENCRYPTION_KEY'] });
  for (const secret of Object.values(read())) expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(ensureDevVars(home)).toEqual({ path, isNew: false, added: [] });
});
