import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statusOf } from '../../src/http/errors';
import { api } from '../support/api';
import { type AppEndpoint, namedEndpoints, toApi, validCall } from '../support/calls';
import { asParameter, queryStrings, specials } from './queryStrings';

/*
 * Whatever stands behind the question mark: an answer, or a 400 that names the parameter. Never a 500, which `api()`
 * would not find in the API's description either.
 */

const listed = namedEndpoints.filter(
  ([, { method, query }]) => method === 'GET' && Object.keys(query).length > 0,
);

/** What the message of a 400 must name, by its type. */
function namesParameter(type: string, message: string, { query: parameters }: AppEndpoint): boolean {
  if (type === 'general_cursor_not_found')
    return /^\w+ '.*' for the 'cursor' value not found\.$/s.test(message);
  if (
    /^(At most 1000 parameters are allowed|Parameters (can't be nested more than 8 deep|must be valid UTF-8))\.$/.test(
      message,
    )
  )
    return type === 'general_argument_invalid';
  const [, name = ''] = /^Invalid `(\w+)` param: ./.exec(message) ?? [];
  return type === 'general_argument_invalid' && Object.hasOwn(parameters, name);
}

describe.each(listed)('%s', (_, endpoint) => {
  test('answers any query string, or tells what is wrong with it', async () => {
    const [route, call] = toApi(endpoint, { ...(await validCall(endpoint)), query: '' });
    await fc.assert(
      fc.asyncProperty(queryStrings(endpoint), async (text) => {
        const { status, body } = await api(`${route}?${text}`, call);
        if (status === 200) return;
        expect([body.code, body.message.isWellFormed()]).toEqual([status, true]);
        expect(status).toBe(statusOf(body.type));
        expect(namesParameter(body.type, body.message, endpoint), `${body.type}: ${body.message}`).toBe(true);
      }),
      { numRuns: 400, examples: specials.map((query) => [asParameter(query)]) },
    );
  }, 120_000);
});
