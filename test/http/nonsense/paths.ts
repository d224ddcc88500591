import fc from 'fast-check';
import type { AppEndpoint, ValidCall } from '../../support/calls';
import { queryStrings } from '../queryStrings';
import { soup } from './texts';

/** The path of the endpoint, in which IDs may be nonsense, and what may stand behind it. */
export function paths(endpoint: AppEndpoint, { params = {} }: ValidCall): fc.Arbitrary<string> {
  const part = fc.oneof(
    soup.map((text) => encodeURIComponent(text.toWellFormed())),
    soup.map((text) => text.toWellFormed()),
    fc.constantFrom(
      '',
      '.',
      '..',
      '%2e%2e',
      '%',
      '%00',
      'current',
      'usage',
      'unique()',
      '__proto__',
      'x'.repeat(5_000),
    ),
  );
  const parts = endpoint.path.split('/').map((piece) => {
    if (!piece.startsWith(':')) return fc.constant(piece);
    return fc.oneof(
      { weight: 5, arbitrary: fc.constant(params[piece.slice(1)] ?? 'a') },
      { weight: 1, arbitrary: part },
    );
  });
  const end = fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('/', '//', '/x', '/.', '%', '%2F', '\\') },
  );
  const hasQuery = Object.keys(endpoint.query).length > 0;
  const query = hasQuery
    ? fc.oneof(queryStrings(endpoint), soup)
    : fc.oneof(fc.constant(''), soup, fc.constant('project=x&impersonateUserId=%00'));
  return fc
    .tuple(fc.tuple(...parts), end, query)
    .map(([pieces, ending, text]) => `${pieces.join('/')}${ending}${text === '' ? '' : `?${text}`}`);
}
