import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import * as v from 'valibot';
import { SCOPES } from '../../src/request/scopes.ts';

/**
 * A door to the console for whoever sits at this machine: an address of the loopback interface with a code that counts
 * once. Whoever opens it is sent to the console with an ephemeral key behind the `#`, which no server is sent, and which the
 * console takes out of the address at once. So no key stands in what the terminal shows.
 * @param tell is told the address
 */
export function openDoor(endpoint: string, rootKey: string, tell: (address: string) => void): void {
  const path = `/${randomBytes(16).toString('hex')}`;
  let isOpen = true;
  /** What is behind the `#` of the console's address. */
  async function enter(): Promise<string> {
    isOpen = false;
    try {
      return `#key=${await newKey(endpoint, rootKey)}`;
    } catch {
      // Nobody got a key by it: it counts still.
      isOpen = true;
      return '';
    }
  }
  const server = createServer(async (request, response) => {
    const isRight = isOpen && request.method === 'GET' && isSame(request.url ?? '', path);
    const location = endpoint.replace(/\/v1$/, '/console') + (isRight ? await enter() : '');
    response
      .writeHead(303, { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      .end();
  });
  // It keeps nothing running: the door closes with the service.
  server.unref();
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) tell(`http://127.0.0.1:${address.port}${path}`);
  });
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

const made = v.object({ secret: v.string() });

async function newKey(endpoint: string, rootKey: string): Promise<string> {
  const answer = await fetch(`${endpoint}/project/keys/ephemeral`, {
    method: 'POST',
    headers: { 'x-appwrite-key': rootKey, 'content-type': 'application/json' },
    body: JSON.stringify({ scopes: SCOPES, duration: 3600, person: 'npm run dev' }),
  });
  return v.parse(made, await answer.json()).secret;
}
