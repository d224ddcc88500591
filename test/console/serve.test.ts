import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, test, vi } from 'vitest';
import worker from '../../src/index';

async function get(
  path: string,
  { method = 'GET', ...more }: Record<string, string> & { method?: string } = {},
) {
  const ctx = createExecutionContext();
  const request = new Request(`https://host.test${path}`, { method });
  const response = await worker.fetch(request, { ...env, ...more }, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

describe('The console', () => {
  test.each(['/console', '/console/', '/console/users', '/console/users/ada?q=x', '/console/nowhere'])(
    'is one page at %s, which may run our own files only and stand in no frame',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringContaining('max-age='),
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
          "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      });
      const html = await response.text();
      expect(html).toContain('<div id="root">');
      for (const inline of ['<style', ' style=', 'onload=', '<script>', 'http://', 'https://'])
        expect(html).not.toContain(inline);
    },
  );

  test('has files whose names change with what is in them, which browsers keep', async () => {
    const html = await (await get('/console')).text();
    const paths = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) {
      expect(path).toMatch(/^\/console\/assets\/[\w-]+\.(js|css|svg)$/);
      const file = await get(path);
      expect(file.status).toBe(200);
      expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      await file.body?.cancel();
    }
    expect((await get('/console/assets/nothing.js')).status).toBe(404);
    expect((await get('/console/.vite/manifest.json')).headers.get('content-type')).toContain('text/html');
  });

  test('is where the root of the host leads', async () => {
    const response = await get('/');
    expect([response.status, response.headers.get('location')]).toEqual([302, '/console']);
  });

  test('answers HEAD without a body, and takes nothing', async () => {
    const head = await get('/console', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await get('/console', { method })).status).toBe(404);
  });

  test.each(['/', '/console', '/console/users', '/console/assets/index.js'])(
    'is not there where CONSOLE is "false": %s',
    async (path) => {
      const response = await get(path, { CONSOLE: 'false' });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ type: 'general_route_not_found' });
    },
  );

  test('is not there while a variable makes no sense', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    expect((await get('/console', { SESSION_LIMIT: 'many' })).status).toBe(404);
    vi.restoreAllMocks();
  });

  test.each(['/consoles', '/console.html', '/index.html', '/console/../v1/nothing', '/v1/console'])(
    'has nothing beside its address: %s',
    async (path) => {
      const response = await get(path);
      expect(await response.json()).toMatchObject({ type: 'general_route_not_found' });
    },
  );
});
