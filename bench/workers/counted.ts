import service from '../../src/index';
import { UserDirectory } from '../../src/rpc';
import type { Cost } from '../support/cost';
import { measured } from '../support/measuredD1';

/** The service over D1 and KV that count what is asked of them, the work after the response included. */

async function counting<Answer>(
  env: Env,
  work: (counted: Env, waitUntil: (promise: Promise<unknown>) => void) => Promise<Answer>,
): Promise<{ answer: Answer; cost: Cost }> {
  const later: Promise<unknown>[] = [];
  const { env: counted, cost } = measured(env);
  const answer = await work(counted, (promise) => later.push(promise));
  for (const promise of later) await promise;
  return { answer, cost };
}

export default {
  async fetch(request, env, ctx) {
    const { answer, cost } = await counting(env, (counted, waitUntil) => {
      const counting = Object.assign(Object.create(ctx), { waitUntil });
      // What streams is counted to its end.
      return service.fetch(request, counted, counting).then(async (streamed) => {
        const body = await streamed.arrayBuffer();
        return new Response(body.byteLength === 0 ? null : body, streamed);
      });
    });
    const told = new Response(answer.body, answer);
    told.headers.set('x-cost', JSON.stringify(cost));
    return told;
  },
} satisfies ExportedHandler<Env>;

/** What a check by RPC costs. */
export class CountedDirectory extends UserDirectory {
  async costOf(token: string): Promise<Cost> {
    const { cost } = await counting(this.env, (counted, waitUntil) => {
      const ctx = Object.assign(Object.create(this.ctx), { waitUntil });
      return new UserDirectory(ctx, counted).verifySession(token);
    });
    return cost;
  }
}
