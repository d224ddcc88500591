import * as v from 'valibot';
import { oneOf } from '../../http/params';
import { NDJSON } from '../../http/rows/read';
import { parseQueries } from '../../lists';
import { endpoint } from '../../request/context';
import { listParams } from '../../wire/dialect/listParams';
import { CSV, exportModel } from '../../wire/directoryRow';
import { pagesOf } from './pages';
import { fieldsOf } from './rows';
import { toCsv, toNdjson } from './text';

/**
 * GET /users/export: everything that filters and `search` leave, in order of creation, in the form that an import takes.
 * It streams a page at a time, and goes on behind any row (`cursorAfter`). Hashes are told to those alone who have the
 * scope `users.hashes.read`.
 */
export const exportUsers = endpoint({
  route: 'GET /users/export',
  summary: 'Export users',
  scope: 'users.read',
  query: {
    format: v.optional(oneOf(['ndjson', 'csv']), 'ndjson'),
    queries: listParams.queries,
    search: listParams.search,
  },
  returns: [200, exportModel],
  errors: ['general_cursor_not_found'],
  async handle({ query: { format, queries, search }, ...context }) {
    const { select, pages } = pagesOf(context, { queries: parseQueries(queries), search });
    const fields = fieldsOf(select, context.seesHashes);
    context.headers.set('Content-Disposition', `attachment; filename="users.${format}"`);
    return format === 'csv'
      ? { contentType: CSV, pages: toCsv(pages, fields) }
      : { contentType: NDJSON, pages: toNdjson(pages, fields) };
  },
});
