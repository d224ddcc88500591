import type { UserDirectory } from '../../types';
import type { Block, Timed } from '../support/block';
import { BASE, benchCalls, CALLER, floors, ROOT_KEY, type Sent } from '../support/calls';
import type { CountedDirectory } from './counted';
import type { Floor } from './floor';

/* Makes calls one after the other from within the same workerd, so that no network is measured. */

interface Bindings {
  readonly SERVICE: Fetcher;
  readonly DIRECTORY: Fetcher & UserDirectory;
  readonly FLOOR: Fetcher;
  readonly FLOOR_RPC: Service<typeof Floor>;
  readonly COUNTED_RPC: Service<typeof CountedDirectory>;
}

const keyed = { ...CALLER, 'x-appwrite-key': ROOT_KEY, 'content-type': 'application/json' };

function requestOf({ method, path, body, session }: Sent, token: string): Request {
  return new Request(BASE + path, {
    method,
    headers: session ? { ...CALLER, 'x-appwrite-session': token } : keyed,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function read(response: Response): Promise<void> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
}

/** One run of a call, or of its floor. */
function runOf({ call: name, target, token }: Block, env: Bindings): (n: number) => Promise<unknown> {
  const call = benchCalls.find((one) => one.name === name);
  if (call === undefined) throw new Error(`no such call: ${name}`);
  if (target === 'service') {
    const { send } = call;
    if (send === 'rpc') return () => env.DIRECTORY.verifySession(token);
    return async (n) => read(await env.SERVICE.fetch(requestOf(send(n), token)));
  }
  const { path } = floors[call.floor];
  if (path === null) return () => env.FLOOR_RPC.check(token);
  return async (n) =>
    read(await env.FLOOR.fetch(requestOf({ method: 'GET', path: path(n), session: true }, token)));
}

async function timed(block: Block, env: Bindings): Promise<Timed> {
  const run = runOf(block, env);
  const start = performance.now();
  for (let n = 0; n < block.runs; n++) await run(block.from + n);
  return { ms: (performance.now() - start) / block.runs };
}

export default {
  async fetch(request, env): Promise<Response> {
    const isCost = new URL(request.url).pathname === '/cost';
    return Response.json(
      isCost ? await env.COUNTED_RPC.costOf(await request.json()) : await timed(await request.json(), env),
    );
  },
} satisfies ExportedHandler<Bindings>;
