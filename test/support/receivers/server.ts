import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where receivers are: `<receivers>/<inbox>?answers=500,200`. */
    receivers: string;
  }
}

/** A request as a receiver got it. */
export interface Received {
  /** The address that it was sent to, as the webhook has it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What it was answered. */
  readonly answer: string;
}

const inboxes = new Map<string, Received[]>();

/**
 * Real receivers on loopback, for the Worker under test. What an inbox answers stands in its address, one word for each
 * request, the last one for all that follow: a status, `hang`, `close`, `slow` (300 ms), `endless` (a body without an end),
 * `redirect`, or `later` (503 with `Retry-After: 120`). `GET` tells what it got.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    // A connection that is kept may be closed just when it is used again: that is none of the tests' business.
    response.shouldKeepAlive = false;
    void answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const base = `http://127.0.0.1:${address.port}`;
  provide('receivers', base);
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  if (request.method === 'GET') {
    response.end(JSON.stringify(inboxes.get(url.pathname) ?? []));
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const received = inboxes.get(url.pathname) ?? [];
  const answers = (url.searchParams.get('answers') ?? '200').split(',');
  const word = answers[Math.min(received.length, answers.length - 1)] ?? '200';
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  received.push({ url: url.href, headers, body: Buffer.concat(chunks).toString('utf8'), answer: word });
  inboxes.set(url.pathname, received);
  await act(word, response);
}

async function act(word: string, response: ServerResponse): Promise<void> {
  if (word === 'hang') return;
  if (word === 'close') {
    response.destroy();
    return;
  }
  if (word === 'slow') await new Promise((resolve) => setTimeout(resolve, 300));
  if (word === 'redirect') response.writeHead(302, { Location: '/elsewhere' }).end();
  else if (word === 'later') response.writeHead(503, { 'Retry-After': '120' }).end();
  else if (word === 'endless') {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'.repeat(65_536)), 5);
    response.on('close', () => clearInterval(timer));
  } else response.writeHead(/^\d+$/.test(word) ? Number(word) : 200).end('told');
}
