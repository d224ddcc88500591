import { endpoint } from '../context';
import { boolean } from '../http/params';
import { dropCopies, ofUser, revokeSessions } from '../sessions';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { changeUser, found, recordUser, setUser } from './change';

/** PATCH /users/{userId}/status. `false` blocks: the user keeps everything but its sessions, and gets no new one. */
export const updateStatus = endpoint({
  route: 'PATCH /users/:userId/status',
  summary: 'Block or unblock a user',
  scope: 'users.write',
  params: userPath,
  body: { status: boolean() },
  returns: [200, userModel],
  errors: ['user_not_found'],
  event: 'user.update',
  async handle({ params: { userId }, body: { status }, ...context }) {
    if (status) return changeUser(context, userId, { status });
    const revoked = revokeSessions(context, ofUser(userId));
    const [[user], , , sessions] = await context.db.batch([
      setUser(context, userId, { status }),
      recordUser(context, userId),
      revoked.record,
      revoked.mark,
    ]);
    await dropCopies(context, sessions);
    return found(user);
  },
});
