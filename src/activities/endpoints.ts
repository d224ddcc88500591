import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { getEvent, listEvents } from './events';

/** The activity of the whole directory. In the order of the API's description. */
export const activitiesEndpoints: readonly Endpoint<Context>[] = [listEvents, getEvent];
