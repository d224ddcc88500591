import { eq } from 'drizzle-orm';
import { users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { endpoint } from '../../request/context';
import { userPath } from '../../wire/id';
import { factorsModel } from '../../wire/mfa';

import { readFactors } from '../factors/readFactors';

/** GET /users/{userId}/mfa/factors. */
export const listFactors = endpoint({
  route: 'GET /users/:userId/mfa/factors',
  summary: "List a user's factors",
  scope: 'users.read',
  params: userPath,
  returns: [200, factorsModel],
  errors: ['user_not_found'],
  async handle({ params, db }) {
    const factors = await readFactors(db, eq(users.id, params.userId));
    if (factors === undefined) throw new ApiError('user_not_found');
    return factors;
  },
});
