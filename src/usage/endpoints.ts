import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { getFailures } from './failures';
import { getUsage } from './usage';

/** How much happened. In the order of the API's description. */
export const usageEndpoints: readonly Endpoint<Context>[] = [getUsage, getFailures];
