import type { Timed } from '../support/block';
import {
  type Directory,
  headersOf,
  type Once,
  PEER_ORIGIN,
  type PeerBlock,
  peerCalls,
} from '../support/peerCalls';

/* Makes the same calls of several directories, from within their workerd. */

type Bindings = Readonly<Record<Directory, Fetcher>>;

export default {
  async fetch(request, env): Promise<Response> {
    if (new URL(request.url).pathname === '/once') {
      const { directory, path, headers, body } = await request.json<Once>();
      return env[directory].fetch(PEER_ORIGIN + path, { method: 'POST', headers, body });
    }
    const { call: name, directory, from, runs, held } = await request.json<PeerBlock>();
    const call = peerCalls.find((one) => one.name === name);
    if (call === undefined) throw new Error(`no such call: ${name}`);
    const start = performance.now();
    for (let n = from; n < from + runs; n++) {
      const asked = directory === 'ours' ? call.ours(n) : call.theirs(n);
      const answer = await env[directory].fetch(PEER_ORIGIN + asked.path, {
        method: asked.method,
        headers: headersOf(directory, asked, held),
        ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
      });
      const text = await answer.text();
      if (!answer.ok || text === 'null') throw new Error(`${answer.status}: ${text}`);
    }
    return Response.json({ ms: (performance.now() - start) / runs } satisfies Timed);
  },
} satisfies ExportedHandler<Bindings>;
