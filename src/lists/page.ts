import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Database } from '../db/database';
import { builtOnce } from '../db/statement';
import { ApiError } from '../http/errors';
import { askedOf } from './asked';
import { type Columns, neededOf } from './columns';
import { type Facts, factsStatement } from './factsStatement';
import { findPage, mostSkipped, pageStatement } from './pageStatement';
import { planOf } from './plan';
import { shown } from './problem';
import { refuse, refuseOffset } from './refuse';
import type { ListRequest, ListSource } from './source';
import { isTooLarge, pageTooLarge } from './weigh';

/**
 * Prepares one page of a list: two statements for one `db.batch`, and `read` for what they return.
 * ```ts
 * const list = page(db, usersList, request);
 * const { rows, total } = list.read(await db.batch(list.statements));
 * ```
 * `select`, of the page and of what `read` returns, holds the names of the request's `select` queries; undefined
 * without any.
 * @throws ApiError `general_argument_invalid` for queries that the list can't answer; from `read` for a page that is too
 * large, and `general_cursor_not_found` for a cursor that names no row of the list
 */
export function page<Of extends Columns, TSelect extends SQLiteSelect>(
  db: Database,
  source: ListSource<Of, TSelect>,
  request: ListRequest,
) {
  const plan = planOf(request.queries, {
    attributes: source.attributes,
    hasCursor: source.id !== undefined,
    defaultOrder: source.defaultOrder,
    defaultLimit: request.defaultLimit,
    maxLimit: request.maxLimit,
    selectable: Object.keys(source.fields ?? {}),
  });
  const needed = neededOf(source, plan.select);
  const asked = askedOf(db, source, plan, request.search);
  const found = findPage(db, source, asked, plan);
  const { cursor } = plan;
  return {
    statements: [
      builtOnce<TSelect['_']['result']>(
        db,
        pageStatement(db, source, needed, plan, asked, found),
        source.noun,
      ),
      builtOnce(db, factsStatement(db, source, plan, asked, found, request.total), 'facts'),
    ] as const,
    read([rows, [facts]]: readonly [TSelect['_']['result'], readonly Facts[]]) {
      if (cursor && !facts?.cursorFound) {
        const text = `${source.noun} '${shown(cursor.id)}' for the 'cursor' value not found.`;
        throw new ApiError('general_cursor_not_found', text);
      }
      if (facts?.tooFar) refuseOffset(source, plan, mostSkipped(source, asked));
      if (facts?.undecided && rows.length < plan.limit) refuse(source, plan, request.search);
      if (isTooLarge(rows)) throw pageTooLarge();
      if (cursor?.method === 'cursorBefore') rows.reverse();
      return { rows, total: facts?.total ?? 0, select: plan.select };
    },
    select: plan.select,
  };
}
