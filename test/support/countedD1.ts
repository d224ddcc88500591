import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import worker from '../../src/index';
import { requestOf } from './api';

/** What a list answers, and the rows that its statements read. */
export interface Counted {
  readonly status: number;
  readonly message: string;
  readonly read: number;
  readonly returned: number;
  readonly total: number;
}

/** Asks for a list, by a D1 that adds up the rows that batches read. */
export async function counted(path: string): Promise<Counted> {
  let read = 0;
  const binding = new Proxy(env.DB, {
    get(target, name) {
      if (name === 'prepare') return (query: string) => target.prepare(query);
      if (name !== 'batch') throw new Error(`a use of D1 that is not counted: ${String(name)}`);
      return async (statements: D1PreparedStatement[]) => {
        const results = await target.batch(statements);
        for (const { meta } of results) read += meta.rows_read;
        return results;
      };
    },
  });
  const ctx = createExecutionContext();
  const response = await worker.fetch(requestOf(`GET ${path}`, {}), { ...env, DB: binding }, ctx);
  const { total = 0, message = '', ...lists } = await response.json<{ total?: number; message?: string }>();
  // What goes on behind the answer counts reads of users, not rows of lists.
  const rows = read;
  await waitOnExecutionContext(ctx);
  const [list] = Object.values(lists).filter(Array.isArray);
  return { status: response.status, message, read: rows, returned: list?.length ?? 0, total };
}
