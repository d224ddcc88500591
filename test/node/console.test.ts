import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildConsole, firstLoad } from '../../scripts/lib/consoleBuild.ts';
import { openDoor } from '../../scripts/lib/consoleDoor.ts';
import { projectRoot } from '../../scripts/lib/tools.ts';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const sources = globSync('console/src/**/*.{ts,tsx}', { cwd: projectRoot }).filter(
  (path) => !path.endsWith('.d.ts'),
);

describe('The console', () => {
  test('takes at most 250 kB, compressed, at a first visit', { timeout: 60_000 }, async () => {
    await buildConsole();
    expect(firstLoad()).toBeLessThanOrEqual(250_000);
    expect(firstLoad()).toBeGreaterThan(50_000);
  });

  test('is not built again of the same files', { timeout: 60_000 }, async () => {
    await buildConsole();
    expect(await buildConsole()).toBe(false);
  });

  test('never makes markup of text, and knows no other host', () => {
    expect(sources.length).toBeGreaterThan(50);
    for (const path of sources) {
      const text = read(path);
      expect(text, path).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/);
      expect(text.replaceAll("'http", ''), path).not.toMatch(/https?:\/\//);
    }
  });

  test('has components of less than 200 lines', () => {
    for (const path of sources) expect(read(path).split('\n').length, path).toBeLessThan(200);
  });

  test('calls the API from one folder: no screen knows a path of it', () => {
    const outside = sources.filter((path) => !path.includes('/api/') && !path.endsWith('Settings.tsx'));
    for (const path of outside) expect(read(path), path).not.toContain('/v1/');
  });
});

describe('The door that `npm run dev` opens', () => {
  const rootKey = 'the root key, which no address has';
  const opened = () => new Promise<string>((resolve) => openDoor('http://localhost:1/v1', rootKey, resolve));
  const visit = (address: string) => fetch(address, { redirect: 'manual' });

  test('is on the loopback interface, by a code that nobody guesses and no key', async () => {
    const address = await opened();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/);
    expect(address).not.toContain(rootKey);
  });

  test('leads to the console, signed in for the right code alone, and once', async () => {
    const address = await opened();
    const wrong = await visit(address.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
    expect([wrong.status, wrong.headers.get('location')]).toEqual([303, 'http://localhost:1/console']);
  });
});

test('types of the API that are not of this version are told by the check', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, ['console/scripts/types.ts', '--check'], {
    cwd: projectRoot,
    stdio: 'ignore',
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
});
