import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { createWebhook } from './create';
import { deleteWebhook } from './delete';
import { listWebhooks } from './list';
import { getWebhook, updateWebhook, updateWebhookSecret } from './one';

/** Where events are sent to. In the order of the API's description. */
export const webhooksEndpoints: readonly Endpoint<Context>[] = [
  createWebhook,
  listWebhooks,
  getWebhook,
  updateWebhook,
  updateWebhookSecret,
  deleteWebhook,
];
