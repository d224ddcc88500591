import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import type { Endpoint, RowsSpec } from './endpoint';
import { type ErrorType, messageOf, type ToldType, variantsOf } from './errors';
import { NDJSON } from './rows/read';

type Json = Record<string, unknown>;

/** How callers show who they are: OpenAPI's security schemes, and which of them serve an endpoint's scopes. */
export interface OpenApiSecurity {
  readonly schemes: Json;
  schemesFor(scopes: readonly string[]): readonly string[];
}

export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

/** Where every path of this service begins. */
export const BASE_PATH = '/v1';

/** The OpenAPI 3.1 document of a list of endpoints: nothing in it is written twice. */
export function openApiDocument<Context>(
  endpoints: readonly Endpoint<Context>[],
  info: OpenApiInfo,
  security: OpenApiSecurity,
): Json {
  const components = componentsOf(endpoints);
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const path = `${BASE_PATH}${endpoint.path}`.replace(/:(\w+)/g, '{$1}').replace(/\/$/, '');
    paths[path] = {
      ...paths[path],
      [endpoint.method.toLowerCase()]: operation(endpoint, components, security),
    };
  }
  const schemas = Object.fromEntries(
    [...components].map(([schema, name]) => [name, responseSchema(schema, components, schema)]),
  );
  return {
    openapi: '3.1.0',
    info,
    paths,
    components: {
      schemas: { ...schemas, Error: ERROR_SCHEMA },
      securitySchemes: security.schemes,
    },
  };
}

const ERROR_SCHEMA = {
  type: 'object',
  properties: {
    message: { type: 'string' },
    code: { type: 'integer' },
    type: { type: 'string' },
    version: { type: 'string' },
  },
  required: ['message', 'code', 'type', 'version'],
  additionalProperties: false,
};

/** Every model's schemas and the names they have in the document: `User` for today's dialect, `UserClassic` for 0.15's. */
function componentsOf<Context>(endpoints: readonly Endpoint<Context>[]): Map<v.GenericSchema, string> {
  const components = new Map<v.GenericSchema, string>();
  for (const { model } of endpoints) {
    for (const [dialect, schema] of Object.entries(model?.schemas ?? {})) {
      components.set(schema, `${model?.name}${dialect === 'classic' ? 'Classic' : ''}`);
    }
  }
  return components;
}

function operation<Context>(
  endpoint: Endpoint<Context>,
  components: Map<v.GenericSchema, string>,
  security: OpenApiSecurity,
): Json {
  const parameters = [...parametersIn('path', endpoint.params), ...parametersIn('query', endpoint.query)];
  return {
    summary: endpoint.summary,
    operationId: `${endpoint.method.toLowerCase()}${endpoint.path.replace(/[/:-]+(\w)?/g, (_, next = '') => next.toUpperCase())}`,
    security: security.schemesFor(endpoint.scopes).map((scheme) => ({ [scheme]: [] })),
    ...(endpoint.scopes.length > 0 ? { 'x-scopes': endpoint.scopes } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(endpoint),
    responses: { [endpoint.status]: success(endpoint, components), ...failures(endpoint) },
  };
}

function parametersIn(place: 'path' | 'query', entries: v.ObjectEntries): Json[] {
  return Object.entries(entries).map(([name, schema]) => ({
    name,
    in: place,
    required: schema.type !== 'optional',
    description: ruleOf(schema),
    schema: inputSchema(schema),
  }));
}

function bodyOf<Context>({ body, rows }: Endpoint<Context>): Json {
  if (rows !== null) return { requestBody: rowsBody(rows) };
  return Object.keys(body).length > 0 ? { requestBody: requestBody(body) } : {};
}

/** NDJSON is described by what one of its lines is: OpenAPI 3.1 has no other way. */
function rowsBody({ row, most, bytes }: RowsSpec): Json {
  const schema = bodySchema(row);
  return {
    required: true,
    description: `At most ${most} rows and ${bytes} bytes: a JSON object a line, or a JSON array of them.`,
    content: {
      [NDJSON]: { schema },
      'application/json': { schema: { type: 'array', items: schema, maxItems: most } },
    },
  };
}

function requestBody(entries: v.ObjectEntries): Json {
  const schema = bodySchema(entries);
  return { required: schema.required.length > 0, content: { 'application/json': { schema } } };
}

function bodySchema(entries: v.ObjectEntries) {
  const properties = Object.entries(entries).map(([name, schema]) => [
    name,
    { ...inputSchema(schema), description: ruleOf(schema) },
  ]);
  const required = Object.keys(entries).filter((name) => entries[name]?.type !== 'optional');
  return { type: 'object', properties: Object.fromEntries(properties), required };
}

/** The rule of a parameter in the words of its 400. */
export function ruleOf(schema: v.ObjectEntries[string]): string {
  const { issues } = v.safeParse(v.object({ param: schema }), { param: Symbol('never valid') });
  return issues?.[0].message ?? '';
}

function inputSchema(schema: v.ObjectEntries[string]): Json {
  const { $schema, ...json } = toJsonSchema(schema, {
    typeMode: 'input',
    errorMode: 'ignore',
    overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'custom' ? { type: 'object' } : undefined),
  });
  return json;
}

function responseSchema(
  schema: v.GenericSchema,
  components: Map<v.GenericSchema, string>,
  root?: v.GenericSchema,
): Json {
  const { $schema, ...json } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    errorMode: 'ignore',
    overrideSchema({ valibotSchema }) {
      for (const [component, name] of components) {
        if (component === valibotSchema && component !== root)
          return { $ref: `#/components/schemas/${name}` };
      }
      return undefined;
    },
  });
  return json;
}

function success<Context>({ model }: Endpoint<Context>, components: Map<v.GenericSchema, string>): Json {
  if (model === null) return { description: 'Done' };
  const schemas = Object.values(model.schemas).map((schema) => responseSchema(schema, components));
  const schema = schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  const types = [model.contentType ?? 'application/json'].flat();
  const content = types.map((type) => [type, { schema: type === 'text/csv' ? { type: 'string' } : schema }]);
  return { description: model.name, content: Object.fromEntries(content) };
}

/** What an endpoint can throw beside its own errors, told from its declaration. */
export function errorsOf<Context>(endpoint: Endpoint<Context>): ErrorType[] {
  const hasInput = [endpoint.params, endpoint.query, endpoint.body].some(
    (entries) => Object.keys(entries).length > 0,
  );
  // What a user reads of others by acting as them takes a whole session, whatever its own account would take.
  const looks = endpoint.method === 'GET' && endpoint.scopes.includes('account');
  const wantsFactors =
    endpoint.scopes.includes('users.read') ||
    (endpoint.scopes.includes('account') && (looks || !endpoint.beforeMfa));
  return [
    ...endpoint.errors,
    // What comes as a form is read, and may be wrong, without any parameter to look for.
    ...(hasInput || endpoint.method !== 'GET' ? (['general_argument_invalid'] as const) : []),
    ...(endpoint.method === 'GET'
      ? []
      : (['general_bad_request', 'general_payload_too_large', 'general_content_type_unsupported'] as const)),
    // Whoever is let through whatever it is, is refused only for who it says that it is.
    ...(endpoint.scopes.length === 0 || endpoint.scopes.includes('public')
      ? []
      : (['general_unauthorized_scope'] as const)),
    ...(endpoint.scopes.length > 0
      ? ([
          'project_key_unknown',
          'user_unauthorized',
          'user_jwt_invalid',
          'user_jwt_and_cookie_set',
          'project_key_expired',
          'project_not_found',
          'general_rate_limit_exceeded',
        ] as const)
      : []),
    ...(endpoint.scopes.includes('account') || endpoint.scopes.includes('public')
      ? (['user_blocked'] as const)
      : []),
    'general_service_unavailable',
    ...(wantsFactors ? (['user_more_factors_required'] as const) : []),
    'general_unknown_origin',
  ];
}

function failures<Context>(endpoint: Endpoint<Context>): Json {
  const byStatus = new Map<number, Set<ToldType>>();
  for (const { type, status } of errorsOf(endpoint).flatMap(variantsOf)) {
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(type));
  }
  return Object.fromEntries(
    [...byStatus].map(([status, types]) => [
      status,
      {
        description: [...types].map((type) => `\`${type}\`: ${messageOf(type)}`).join('\n\n'),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  );
}
