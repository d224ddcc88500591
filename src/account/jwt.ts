import { users } from '../db/schema';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { signJwt } from '../request/jwt';
import { jwtDuration, jwtModel } from '../wire/jwt';
import { ownerOf, refused } from './owner';

const jwtAt = (route: 'POST /account/jwts' | 'POST /account/jwt') =>
  endpoint({
    route,
    summary: 'Create a JWT that dies with the current session',
    scope: 'account',
    body: { duration: jwtDuration },
    returns: [201, jwtModel],
    errors: ['user_session_not_found'],
    async handle({ body: { duration }, ...context }) {
      const { userId, sessionId, mayAct } = ownerOf(context);
      const [user] = await context.db
        .select({ userSeq: users.seq, validFrom: users.validFrom })
        .from(users)
        .where(mayAct);
      if (user === undefined) throw await refused(context);
      if (sessionId === null) throw new ApiError('user_session_not_found');
      return { jwt: await signJwt({ userId, sessionId, ...user }, context.config, duration, context.now) };
    },
  });

/** POST /account/jwts. */
export const createAccountJwt = jwtAt('POST /account/jwts');

/** POST /account/jwt: the same, as 0.15 calls it. */
export const createAccountJwtClassic = jwtAt('POST /account/jwt');
