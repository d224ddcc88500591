import { variablesInForce } from '../config';
import { MAX_BODY_BYTES } from '../http/body';
import { MAX_QUERIES, MAX_QUERY_LENGTH } from '../lists';
import { endpoint } from '../request/context';
import { MAX_LABELS, MAX_PREFS_BYTES } from '../users';
import { MAX_LIMIT } from '../wire/dialect/listParams';
import { configurationModel } from '../wire/service';

/** Bounds that a caller meets; docs/limits.md has all of them, with reasons. */
const LIMITS = [
  { name: 'requestBody', value: MAX_BODY_BYTES, unit: 'bytes' },
  { name: 'preferences', value: MAX_PREFS_BYTES, unit: 'bytes' },
  { name: 'page', value: MAX_LIMIT, unit: 'rows' },
  { name: 'queries', value: MAX_QUERIES, unit: 'queries' },
  { name: 'query', value: MAX_QUERY_LENGTH, unit: 'characters' },
  { name: 'labels', value: MAX_LABELS, unit: 'labels' },
];

/** GET /project/configuration (ours): the variables as they are in force, without secrets, and the bounds of calls. */
export const getConfiguration = endpoint({
  route: 'GET /project/configuration',
  summary: 'Get the configuration that is in force',
  scope: 'project.read',
  returns: [200, configurationModel],
  handle: async ({ env, config }) => ({ variables: variablesInForce(env, config), limits: LIMITS }),
});
