import * as v from 'valibot';
import { email } from '../emails/address';

/**
 * A user's name, for whoever may not read users too: who joins a team by an address without a name has the address for
 * one, and that is not told.
 */
export function nameTold(name: string, seesUsers: boolean): string {
  return seesUsers || !v.is(email, name) ? name : '';
}
