import type { SQL } from 'drizzle-orm';
import { users } from '../db/schema';
import { statement } from '../db/statement';
import { endpoint } from '../request/context';
import { selectUserWhere } from '../users';
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
    const [user] = await selectUserWhere(context, ownerOf(context).mayAct);
    if (user === undefined) throw await refused(context);
    const { caller } = context;
    return { ...user, impersonatorUserId: caller.type === 'user' ? caller.impersonatorUserId : undefined };
  },
});

const prefsWhere = statement<{ where: SQL }>()((db, { where }) =>
  db.select({ prefs: users.prefs }).from(users).where(where),
);

/** GET /account/prefs. */
export const getAccountPrefs = endpoint({
  route: 'GET /account/prefs',
  summary: "Get the signed-in user's preferences",
  scope: 'account',
  returns: [200, prefsModel],
  async handle(context) {
    const [user] = await prefsWhere(context.db, { where: ownerOf(context).mayAct });
    if (user === undefined) throw await refused(context);
    return user.prefs;
  },
});
