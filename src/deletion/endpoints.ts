import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { deleteUser } from './deleteUser';

/** What deletes something in several features. In the order of the API's description. */
export const deletionEndpoints: readonly Endpoint<Context>[] = [deleteUser];
