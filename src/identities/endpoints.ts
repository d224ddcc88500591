import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { createIdentity } from './create';
import { deleteIdentity } from './delete';
import { listIdentities } from './list';

/** Accounts of other providers. In the order of the API's description. */
export const identitiesEndpoints: readonly Endpoint<Context>[] = [
  listIdentities,
  deleteIdentity,
  createIdentity,
];
