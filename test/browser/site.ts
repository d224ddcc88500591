import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/lib/tools.ts';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');

/** What the site serves: a page for each SDK, the unmodified bundle of each, and the app. */
const files: Readonly<Record<string, () => readonly [type: string, text: string]>> = {
  '/modern': () => ['text/html', pageOf('/modern.js')],
  '/classic': () => ['text/html', pageOf('/classic.js')],
  '/modern.js': () => ['text/javascript', read('node_modules/appwrite/dist/iife/sdk.js')],
  '/classic.js': () => ['text/javascript', read('node_modules/appwrite-0.15/dist/iife/sdk.js')],
  '/app.js': () => ['text/javascript', read('test/browser/app.js')],
};

const pageOf = (sdk: string) =>
  `<!doctype html><title>An app</title><script src="${sdk}"></script><script src="/app.js"></script>`;

/** What the site has at a path: its type and text. */
export function fileOf(pathname: string): readonly [type: string, text: string] | undefined {
  return files[pathname]?.();
}

export interface Site {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the app's pages on a free port of this machine. */
export async function serveSite(): Promise<Site> {
  const server = createServer((request, response) => {
    const file = fileOf(new URL(request.url ?? '', 'http://site').pathname);
    if (file === undefined) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
