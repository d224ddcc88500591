import * as v from 'valibot';
import type { Server } from '../../sdk/server';

/** An answer that the Worker gave. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON; undefined where there is none. */
  readonly body: unknown;
}

/** How a request is written: `PATCH /users/a/name` and its body. */
export type Sent = readonly [route: string, body?: unknown];

/** Calls a running Worker with its root key. Rejects where no whole answer came. */
export async function send({ endpoint, rootKey }: Server, [route, body]: Sent): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const response = await fetch(endpoint + path, {
    method,
    headers: { 'x-appwrite-key': rootKey, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** What of the body of a successful answer the schema names; rejects where it is not there. */
export async function get<Schema extends v.GenericSchema>(
  server: Server,
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const { status, body } = await send(server, [`GET ${path}`]);
  if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`);
  return v.parse(schema, body);
}

/** A query as the SDKs write it. */
export const query = (method: string, ...values: unknown[]) =>
  `queries[]=${encodeURIComponent(JSON.stringify({ method, values }))}`;
