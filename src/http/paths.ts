import type { Endpoint, Method } from './endpoint';
import { invalid } from './input';
import { BASE_PATH } from './openapi';
import { doesNameNew } from './params';

/**
 * Whether a part of a path is empty, as in `/users//sessions` or `/users/a/sessions/`: what an SDK sends for an empty
 * ID. It must not mean the collection. The root may be written `/v1/`.
 */
export function hasEmptyPart(pathname: string): boolean {
  return pathname !== `${BASE_PATH}/` && (pathname.includes('//') || pathname.endsWith('/'));
}

/** Fixed paths win over parameters: `/users/usage` is not the user `usage`. */
export function staticFirst<Context>(endpoints: readonly Endpoint<Context>[]): Endpoint<Context>[] {
  return [...endpoints].sort((a, b) => (a.path.replaceAll(':', '~') < b.path.replaceAll(':', '~') ? -1 : 1));
}

/**
 * What stands in routes where others have a parameter: by the parameter's name, the values that could never be reached
 * in a path, such as `usage` as a `userId`.
 */
export function fixedParts(
  routes: readonly { readonly method: Method; readonly path: string }[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const paths = routes.map(({ path }) => path.split('/').slice(1));
  const found = new Map<string, Set<string>>();
  for (const [at, name] of paths.flatMap(parametersOf)) {
    const parts = found.get(name) ?? new Set();
    found.set(name, parts);
    for (const path of paths) {
      const part = path[at.length];
      const isSibling = at.every((before, i) => isAlike(before, path[i]));
      if (isSibling && part !== undefined && !part.startsWith(':')) parts.add(part);
    }
  }
  return found;
}

/** The parameters of a path, each with what stands before it. */
function parametersOf(path: readonly string[]): [before: readonly string[], name: string][] {
  return path.flatMap((part, i) => (part.startsWith(':') ? [[path.slice(0, i), part.slice(1)]] : []));
}

/** Two parameters stand for the same, whatever their names. */
function isAlike(a: string, b: string | undefined): boolean {
  return a === b || (a.startsWith(':') && b?.startsWith(':') === true);
}

/**
 * Refuses an ID for something new that is a fixed part of a path: it would be made, and never be reached.
 * @throws ApiError general_argument_invalid
 */
export function refuseFixedParts(
  entries: Endpoint<unknown>['body'],
  given: Readonly<Record<string, unknown>>,
  fixed: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const [name, schema] of Object.entries(entries)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (typeof value === 'string' && fixed.get(name)?.has(value) && doesNameNew(schema))
      throw invalid(
        name,
        `"${value}" is a fixed part of this API's paths and can't be an ID. Choose another one.`,
      );
  }
}
