import { env } from 'cloudflare:test';

/**
 * A D1 whose every query fails with this message, as D1 tells its errors.
 * @param message what D1 says
 * @param query which statements fail; all without it
 */
export function brokenD1(message: string, query: RegExp = /^/): D1Database {
  const fail = (): Promise<never> => Promise.reject(new Error(`D1_ERROR: ${message}`));
  const statement = (text: string, values: unknown[]): D1PreparedStatement => {
    if (!query.test(text)) return env.DB.prepare(text).bind(...values);
    return { bind: (...bound) => statement(text, bound), run: fail, all: fail, raw: fail, first: fail };
  };
  return {
    prepare: (text) => statement(text, []),
    batch: fail,
    exec: fail,
    dump: fail,
    withSession: () => ({ prepare: (text) => statement(text, []), batch: fail, getBookmark: () => null }),
  };
}
