import { networkOf } from '../http/network';
import type { Acting } from './record';

/**
 * Where a caller is: its network, or a server by its key. A server's network stands for whoever else has a machine there, a
 * Worker's for every Worker there is.
 */
export function placeOf(caller: Acting, ip: string): string | null {
  return caller.type === 'key' ? `key ${caller.id}` : networkOf(ip);
}
