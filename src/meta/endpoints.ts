import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { getConfiguration } from './configuration';
import { getHealth, getVersion } from './health';

/** Whether the service is well. In the order of the API's description. */
export const metaEndpoints: readonly Endpoint<Context>[] = [getConfiguration, getHealth, getVersion];
