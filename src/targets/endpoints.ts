import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { createTarget } from './create';
import { listTargets } from './list';
import { deleteTarget, getTarget, updateTarget } from './one';

/** Where users can be reached. In the order of the API's description. */
export const targetsEndpoints: readonly Endpoint<Context>[] = [
  listTargets,
  createTarget,
  getTarget,
  updateTarget,
  deleteTarget,
];
