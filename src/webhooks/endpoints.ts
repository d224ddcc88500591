import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  updateWebhook,
  updateWebhookSecret,
} from './webhooks';

/** Where events are sent to. In the order of the API's description. */
export const webhooksEndpoints: readonly Endpoint<Context>[] = [
  createWebhook,
  listWebhooks,
  getWebhook,
  updateWebhook,
  updateWebhookSecret,
  deleteWebhook,
];
