import fc from 'fast-check';
import type { AppEndpoint, ValidCall } from '../../support/calls';
import { type Body, bodies } from './bodies';
import { header } from './headers';
import { paths } from './paths';

/*
 * Requests as nobody in their right mind would send them: a valid call of an endpoint, in which some parts are replaced
 * by nonsense of the kind that the part is read as.
 */

/** What a request is made of, as text, so that a failure shows it whole. */
export interface Nonsense {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Body | null;
  readonly country: unknown;
}

const methods = fc.constantFrom(
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'get',
  'M-SEARCH',
);

/** Requests near a valid call of an endpoint. */
export function requests(endpoint: AppEndpoint, valid: ValidCall): fc.Arbitrary<Nonsense> {
  return fc.record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant(endpoint.method) },
      { weight: 1, arbitrary: methods },
    ),
    path: paths(endpoint, valid),
    headers: fc.array(header, { maxLength: 4 }),
    body: bodies(endpoint, valid),
    country: fc.constantFrom(undefined, 'DE', 'T1', 'XX', '', '💩', 42, 'x'.repeat(300)),
  });
}
