import { users } from '../db/schema';
import { ApiError } from '../http/errors';
import { GUEST } from '../request/caller';
import type { Context } from '../request/context';
import { ownerOf } from './owner';

/**
 * The context of somebody who may sign in: a server, or a guest. A client that shows a session may not, as in Appwrite;
 * but one whose session has ended, which its copy in KV may not know yet, is a guest: D1 is asked.
 * @throws ApiError user_session_already_exists
 */
export async function asNewcomer(context: Context): Promise<Context> {
  if (context.caller.type !== 'user') return context;
  const [user] = await context.db.select({ seq: users.seq }).from(users).where(ownerOf(context).mayAct);
  if (user !== undefined) throw new ApiError('user_session_already_exists');
  return { ...context, caller: GUEST, shown: null };
}
