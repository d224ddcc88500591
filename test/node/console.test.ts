import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildConsole, firstLoad } from '../../scripts/lib/consoleBuild.ts';
import { openDoor } from '../../scripts/lib/consoleDoor.ts';
import { projectRoot } from '../../scripts/lib/tools.ts';
import { SCOPES } from '../../src/request/scopes.ts';

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
  /** Keys that were asked for, with what; and what stands in for the service. */
  const asked: unknown[] = [];
  let isDown = false;
  const service = createServer(async (request, response) => {
    const { url, method, headers } = request;
    asked.push({ url, method, key: headers['x-appwrite-key'], ...JSON.parse(await text(request)) });
    if (isDown) response.writeHead(503).end('{}');
    else response.writeHead(201).end(JSON.stringify({ secret: `ephemeral_${asked.length}` }));
  });
  let origin = '';
  beforeAll(async () => {
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    const address = service.address();
    if (typeof address === 'object') origin = `http://127.0.0.1:${address?.port}`;
  });
  afterAll(() => service.close());
  beforeEach(() => {
    asked.length = 0;
    isDown = false;
  });

  const opened = () => new Promise<string>((resolve) => openDoor(`${origin}/v1`, rootKey, resolve));
  const visit = async (address: string, method = 'GET') => {
    const { status, headers } = await fetch(address, { method, redirect: 'manual' });
    expect([status, headers.get('cache-control')]).toEqual([303, 'no-store']);
    return headers.get('location');
  };

  test('is on the loopback interface, by a code that nobody guesses and no key', async () => {
    const address = await opened();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/);
    expect(address).not.toContain(rootKey);
  });

  test('leads to the console, signed in for the right code alone, and once', async () => {
    const address = await opened();
    expect(await visit(address.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toBe(
      `${origin}/console`,
    );
    expect(await visit(address, 'POST')).toBe(`${origin}/console`);
    expect(asked).toEqual([]);
    // Behind the `#`, which no server is sent.
    expect(await visit(address)).toBe(`${origin}/console#key=ephemeral_1`);
    expect(asked).toEqual([
      {
        ...{ url: '/v1/project/keys/ephemeral', method: 'POST', key: rootKey },
        ...{ scopes: [...SCOPES], duration: 3600, person: 'npm run dev' },
      },
    ]);
    expect(await visit(address)).toBe(`${origin}/console`);
    expect(asked).toHaveLength(1);
  });

  test('counts still where the service could make no key', async () => {
    const address = await opened();
    isDown = true;
    expect(await visit(address)).toBe(`${origin}/console`);
    isDown = false;
    expect(await visit(address)).toBe(`${origin}/console#key=ephemeral_2`);
  });
});

test('types of the API that are not of this version are told by the check', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, ['console/scripts/types.ts', '--check'], {
    cwd: projectRoot,
    stdio: 'ignore',
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
});
