import { users } from '../db/schema';
import { endpoint } from '../request/context';
import { userColumns } from '../users';
import { accountModel } from '../wire/account';
import { prefsModel } from '../wire/prefs';
import { ownerOf, refused } from './owner';

/** GET /account: the user whose session calls. */
export const getAccount = endpoint({
  route: 'GET /account',
  summary: 'Get the signed-in user',
  scope: 'account',
  returns: [200, accountModel],
  async handle(context) {
    const [user] = await context.db.select(userColumns(context)).from(users).where(ownerOf(context).mayAct);
    if (user === undefined) throw await refused(context);
    const { caller } = context;
    return { ...user, impersonatorUserId: caller.type === 'user' ? caller.impersonatorUserId : undefined };
  },
});

/** GET /account/prefs. */
export const getAccountPrefs = endpoint({
  route: 'GET /account/prefs',
  summary: "Get the signed-in user's preferences",
  scope: 'account',
  returns: [200, prefsModel],
  async handle(context) {
    const [user] = await context.db.select({ prefs: users.prefs }).from(users).where(ownerOf(context).mayAct);
    if (user === undefined) throw await refused(context);
    return user.prefs;
  },
});
