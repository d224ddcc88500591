import packageJson from '../../package.json';
import type { Endpoint } from '../http/endpoint';
import { BASE_PATH, openApiDocument } from '../http/openapi';
import { pagePolicy } from '../http/security';
import { ACCOUNT, PUBLIC } from '../request/caller';
import { type Context, endpoint } from '../request/context';
import { API_VERSION } from '../wire/dialect/format';
import { openApiModel, pageModel, serviceModel } from '../wire/service';
import { referencePage, styleHash } from './reference';

/** GET /v1: what this is, and where its description is. */
const getRoot = endpoint({
  route: 'GET /',
  summary: 'What this service is, and where it is described',
  scope: null,
  returns: [200, serviceModel],
  handle: async () => ({
    name: packageJson.name,
    version: packageJson.version,
    apiVersion: API_VERSION,
    openapi: `${BASE_PATH}/openapi.json`,
    reference: `${BASE_PATH}/reference`,
  }),
});

/**
 * The endpoints that describe all the others: the entrance, the OpenAPI document and a page to read it.
 * @param described every other endpoint of the service
 */
export function descriptionEndpoints(described: readonly Endpoint<Context>[]): Endpoint<Context>[] {
  // Made when first asked for: it is no part of a start that users wait for.
  let document: Record<string, unknown> | undefined;
  const describe = (): Record<string, unknown> => {
    document ??= describeApi(all);
    return document;
  };
  const getOpenApi: Endpoint<Context> = endpoint({
    route: 'GET /openapi.json',
    summary: 'Get this description (OpenAPI 3.1)',
    scope: null,
    returns: [200, openApiModel],
    handle: async () => describe(),
  });
  const getReference: Endpoint<Context> = endpoint({
    route: 'GET /reference',
    summary: 'Read this description as a page',
    scope: null,
    returns: [200, { ...pageModel, render: referencePage }],
    async handle({ headers }): Promise<readonly Endpoint<Context>[]> {
      headers.set('Content-Security-Policy', pagePolicy(styleHash()));
      return all;
    },
  });
  const all: Endpoint<Context>[] = [...described, getRoot, getOpenApi, getReference];
  return all;
}

/** The OpenAPI document of these endpoints. */
export function describeApi(endpoints: readonly Endpoint<Context>[]): Record<string, unknown> {
  const info = {
    title: packageJson.name,
    version: packageJson.version,
    description: `${packageJson.description}. Speaks Appwrite ${API_VERSION}, and 0.15 to clients that ask for it with X-Appwrite-Response-Format.`,
  };
  return openApiDocument(endpoints, info, { schemes: SCHEMES, schemesFor });
}

const SCHEMES = {
  key: { type: 'apiKey', in: 'header', name: 'X-Appwrite-Key' },
  session: { type: 'apiKey', in: 'header', name: 'X-Appwrite-Session' },
  jwt: { type: 'apiKey', in: 'header', name: 'X-Appwrite-JWT' },
};

function schemesFor(scopes: readonly string[]): readonly string[] {
  if (scopes.length === 0 || scopes.includes(PUBLIC)) return [];
  return scopes.includes(ACCOUNT) ? ['session', 'jwt'] : ['key'];
}
