import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { listDeliveries, replayDeliveries, retryDelivery, testWebhook } from './deliveries';

/** What became of events, and how they are sent again. In the order of the API's description. */
export const eventsEndpoints: readonly Endpoint<Context>[] = [
  testWebhook,
  listDeliveries,
  retryDelivery,
  replayDeliveries,
];
