import { IttyRouter } from 'itty-router';
import type { Endpoint } from './endpoint';
import { BASE_PATH } from './openapi';
import { hasEmptyPart, staticFirst } from './paths';

/** An endpoint that a path leads to, and what the path has in the places of its parameters. */
export interface Found<Context> {
  readonly endpoint: Endpoint<Context>;
  readonly params: Readonly<Record<string, string>>;
}

/** How a request finds its endpoint. */
export interface Routes<Context> {
  find(method: string, pathname: string): Found<Context> | undefined;
  /** The methods that a path has. */
  methodsOf(pathname: string): readonly string[];
}

interface Route<Context> {
  readonly endpoint: Endpoint<Context>;
  readonly pattern: RegExp;
}

/**
 * Routes by what is quick to tell of a path: how many parts it has, and the first one behind `/v1`, which is none's
 * parameter. What is left to try by its pattern is a handful.
 */
export function routesOf<Context>(endpoints: readonly Endpoint<Context>[]): Routes<Context> {
  const byPlace = new Map<string, Route<Context>[]>();
  for (const route of patternsOf(staticFirst(endpoints))) {
    const place = placeOf(BASE_PATH + route.endpoint.path);
    byPlace.set(place, [...(byPlace.get(place) ?? []), route]);
  }
  const near = (pathname: string) => (hasEmptyPart(pathname) ? [] : (byPlace.get(placeOf(pathname)) ?? []));
  return {
    find(method, pathname) {
      for (const { endpoint, pattern } of near(pathname)) {
        const match = endpoint.method === method ? pattern.exec(pathname) : null;
        if (match !== null) return { endpoint, params: match.groups ?? {} };
      }
      return undefined;
    },
    methodsOf(pathname) {
      const found = near(pathname).filter(({ pattern }) => pattern.test(pathname));
      const methods = found.map(({ endpoint }) => endpoint.method);
      return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
    },
  };
}

/** The patterns of itty-router, in the order of the endpoints. */
function patternsOf<Context>(endpoints: readonly Endpoint<Context>[]): Route<Context>[] {
  const router = IttyRouter();
  for (const { path } of endpoints) router.all(BASE_PATH + path, () => undefined);
  return router.routes.flatMap(([, pattern], at) => {
    const endpoint = endpoints[at];
    return endpoint === undefined ? [] : [{ endpoint, pattern }];
  });
}

/** The number of parts of a path and the first one behind `/v1`; a slash at the end of the root is none. */
function placeOf(pathname: string): string {
  const parts = pathname.split('/');
  const [, , first = ''] = parts;
  return first === '' ? '' : `${parts.length} ${first}`;
}
