import type * as v from 'valibot';
import { type Endpoint, type EndpointSpec, METHODS, type Method } from './endpoint';
import { checkInput, checkRows } from './input';

type None = Record<never, never>;

/**
 * Makes the `endpoint` function for one kind of context. Declarations made with it keep the exact types of their
 * parameters inside the handler and lose them outside, so that a list of endpoints is a plain array.
 */
export function endpointFor<Context extends object>() {
  return function endpoint<
    Row,
    Params extends v.ObjectEntries = None,
    Query extends v.ObjectEntries = None,
    Body extends v.ObjectEntries = None,
    Item extends v.ObjectEntries = None,
  >(spec: EndpointSpec<Context, Row, Params, Query, Body, Item>): Endpoint<Context> {
    const [method, path] = splitRoute(spec.route);
    const [status, model] = spec.returns;
    // Where a declaration has no parameters of a kind, their type is `None`, and an empty object is its only value.
    const { params = {} as Params, query = {} as Query, body = {} as Body } = spec;
    return {
      method,
      path,
      summary: spec.summary,
      scopes: typeof spec.scope === 'string' ? [spec.scope] : (spec.scope ?? []),
      beforeMfa: spec.beforeMfa ?? false,
      tellsMisconfiguration: spec.tellsMisconfiguration ?? false,
      params,
      query,
      body,
      rows: spec.rows ?? null,
      status,
      model,
      errors: spec.errors ?? [],
      event: spec.event ?? null,
      attribute: spec.attribute ?? '',
      async run(raw, context) {
        const input = {
          params: checkInput(params, raw.params, 'path'),
          query: checkInput(query, raw.query, 'query'),
          body: checkInput(body, raw.body, 'body'),
          rows: spec.rows === undefined || raw.rows === null ? [] : await checkRows(spec.rows, raw.rows),
        };
        const row = await spec.handle({ ...context, ...input });
        return model?.render(row, context);
      },
    };
  };
}

function splitRoute(route: `${Method} /${string}`): [Method, string] {
  const method = METHODS.find((name) => route.startsWith(`${name} `));
  if (method === undefined) throw new TypeError(`A route starts with a method: ${route}`);
  return [method, route.slice(method.length + 1)];
}
