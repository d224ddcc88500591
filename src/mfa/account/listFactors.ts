import { ownerOf, refused } from '../../account';
import { endpoint } from '../../request/context';
import { factorsModel } from '../../wire/mfa';

import { readFactors } from '../factors/readFactors';

/** GET /account/mfa/factors: what a client asks to know which challenge to offer. */
export const listAccountFactors = endpoint({
  route: 'GET /account/mfa/factors',
  summary: "List the signed-in user's factors",
  scope: 'account',
  beforeMfa: true,
  returns: [200, factorsModel],
  async handle(context) {
    const factors = await readFactors(context.db, ownerOf(context).mayAct);
    if (factors === undefined) throw await refused(context);
    return factors;
  },
});
