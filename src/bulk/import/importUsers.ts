import * as v from 'valibot';
import { boolean, oneOf } from '../../http/params';
import { endpoint } from '../../request/context';
import { importModel } from '../../wire/import';
import { importRow, MOST_BYTES, MOST_ROWS } from './row';
import { importLines } from './run';

/**
 * POST /users/import: users with all that is their own, as NDJSON or a JSON array. Each row is made, skipped, overwritten
 * or refused by itself, and the answer tells which. A user that there is already is known by its ID, else its e-mail
 * address, else its phone number.
 */
export const importUsers = endpoint({
  route: 'POST /users/import',
  summary: 'Import users',
  scope: 'users.write',
  query: {
    onDuplicate: v.optional(oneOf(['fail', 'skip', 'overwrite']), 'fail'),
    dryRun: v.optional(boolean(), false),
    createTeams: v.optional(boolean(), false),
  },
  rows: { row: importRow, most: MOST_ROWS, bytes: MOST_BYTES, id: 'userId' },
  returns: [200, importModel],
  event: 'user.create',
  handle: async ({ query, rows, ...context }) => importLines(context, rows, query),
});
