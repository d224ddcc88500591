import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { getHealth, getVersion } from './health';

/** Whether the service is well. In the order of the API's description. */
export const metaEndpoints: readonly Endpoint<Context>[] = [getHealth, getVersion];
