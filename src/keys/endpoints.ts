import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { createEphemeralKey } from './ephemeral';
import { createKey, deleteKey, getKey, listKeys, updateKey } from './keys';

/** API keys. In the order of the API's description. */
export const keysEndpoints: readonly Endpoint<Context>[] = [
  createKey,
  createEphemeralKey,
  listKeys,
  getKey,
  updateKey,
  deleteKey,
];
