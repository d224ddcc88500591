import type { Cost } from './cost';

/** D1 and KV bindings that add up what is asked of them. */
export function measured(env: Env): { env: Env; cost: Cost } {
  const cost: Cost = { d1Trips: 0, rowsRead: 0, rowsWritten: 0, kvReads: 0, kvWrites: 0 };
  const real = new WeakMap<object, D1PreparedStatement>();

  const add = <Result extends { meta: D1Meta }>(results: readonly Result[]) => {
    cost.d1Trips += 1;
    for (const { meta } of results) {
      cost.rowsRead += meta.rows_read;
      cost.rowsWritten += meta.rows_written;
    }
  };

  function statement(target: D1PreparedStatement): D1PreparedStatement {
    const wrapped: D1PreparedStatement = Object.assign(Object.create(target), {
      bind: (...values: unknown[]) => statement(target.bind(...values)),
      async all() {
        const result = await target.all();
        add([result]);
        return result;
      },
      async run() {
        const result = await target.run();
        add([result]);
        return result;
      },
      // `raw` tells no meta: the rows as arrays are made from what `all` gives.
      async raw() {
        const result = await target.all<Record<string, unknown>>();
        add([result]);
        return result.results.map((row) => Object.values(row));
      },
    });
    real.set(wrapped, target);
    return wrapped;
  }

  const DB: D1Database = Object.assign(Object.create(env.DB), {
    prepare: (query: string) => statement(env.DB.prepare(query)),
    async batch<T>(statements: D1PreparedStatement[]) {
      const results = await env.DB.batch<T>(statements.map((one) => real.get(one) ?? one));
      add(results);
      return results;
    },
  });

  const SESSIONS: KVNamespace = new Proxy(env.SESSIONS, {
    get(target, name) {
      if (name === 'get') cost.kvReads += 1;
      if (name === 'put' || name === 'delete') cost.kvWrites += 1;
      const method: unknown = Reflect.get(target, name);
      return typeof method === 'function' ? method.bind(target) : method;
    },
  });

  return { env: { ...env, DB, SESSIONS }, cost };
}
