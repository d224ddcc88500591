import * as v from 'valibot';
import { plainModel } from './dialect/plain';

/** What this is, and where its description is. */
export const serviceModel = plainModel(
  'Service',
  v.strictObject({
    name: v.string(),
    version: v.string(),
    apiVersion: v.string(),
    openapi: v.string(),
    reference: v.string(),
  }),
);

/** The API's own description. */
export const openApiModel = plainModel('OpenApi', v.record(v.string(), v.unknown()));

/** A page for people. */
export const pageModel = { name: 'Page', schemas: { any: v.string() }, contentType: 'text/html' } as const;

/** Whether the service and its database answer; and that no queue wakes up the delivery of webhooks, where none does. */
export const healthModel = plainModel(
  'HealthStatus',
  v.strictObject({
    name: v.string(),
    ping: v.number(),
    status: v.picklist(['pass']),
    webhooks: v.exactOptional(v.picklist(['cron'])),
  }),
);

/** The API version that is spoken. */
export const versionModel = plainModel('HealthVersion', v.strictObject({ version: v.string() }));

/** The deployment's variables but its secrets, and the bounds of what calls may take. */
export const configurationModel = plainModel(
  'Configuration',
  v.strictObject({
    variables: v.array(v.strictObject({ name: v.string(), value: v.string(), isSet: v.boolean() })),
    limits: v.array(v.strictObject({ name: v.string(), value: v.number(), unit: v.string() })),
  }),
);
