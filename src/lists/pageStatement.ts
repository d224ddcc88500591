import { type SQL, sql, type WithSubquery } from 'drizzle-orm';
import type { SQLiteSelect } from 'drizzle-orm/sqlite-core';
import type { Database } from '../db/database';
import type { Asked } from './asked';
import { attributeOf } from './attributes';
import { selectingWith, tableOf } from './bind';
import { boundsOf, isLarge } from './bounds';
import type { Columns, Needed } from './columns';
import { cursorOf } from './cursor';
import { find } from './find';
import type { Found } from './found';
import { flip, orderBy, type SortOrder } from './order';
import type { Plan } from './plan';
import { hasSequence, type ListSource, type Source } from './source';
import { MOST_UNWEIGHED, weigh } from './weigh';

/** How the page of a plan is found; for `cursorBefore` from its end backwards, since that is where the cursor is. */
export function findPage(db: Database, source: Source, asked: Asked, plan: Plan): Found {
  const { tables, cursor } = cursorOf(db, source, plan);
  const order = plan.cursor?.method === 'cursorBefore' ? flip(plan.order) : plan.order;
  const wanted = {
    order: cursor ? order : withoutFixed(source, asked, order),
    cursor,
    limit: plan.limit,
    offset: plan.offset,
  };
  const found = find(db, source, asked, wanted);
  return { ...found, tables: [...asked.tables, ...tables, ...found.tables] };
}

/** An order without the attributes that all rows have the same value of; but a cursor's row may have another. */
function withoutFixed(
  { attributes }: Source,
  { conditions }: Asked,
  { terms, sequence }: SortOrder,
): SortOrder {
  const fixed = conditions.flatMap((condition) => {
    if ('conditions' in condition) return [];
    const { method, attribute, values } = condition;
    const isFixed = method === 'isNull' || (method === 'equal' && values.length === 1);
    return isFixed ? [attributeOf(attributes, attribute).column] : [];
  });
  return { terms: terms.filter(({ attribute }) => !fixed.includes(attribute.column)), sequence };
}

/** How many rows an offset may skip in a large directory; a search reads each of them several times. */
export function mostSkipped(source: Source, { onlySearch }: Pick<Asked, 'onlySearch'>): number {
  const { offset } = boundsOf(source);
  return onlySearch ? offset / 5 : offset;
}

/** Whether the page's offset is too far in for the directory; undefined where it never is. */
export function isTooFar(
  source: Source,
  { offset }: Plan,
  asked: Pick<Asked, 'onlySearch'>,
): SQL | undefined {
  return offset > mostSkipped(source, asked) ? isLarge(source) : undefined;
}

/** The rows of the page, in the order that they are found in. */
export function pageStatement<Of extends Columns, TSelect extends SQLiteSelect>(
  db: Database,
  source: ListSource<Of, TSelect>,
  needed: Needed<Of>,
  plan: Plan,
  asked: Asked,
  { sequences, where, tables, undecided }: Found,
): TSelect {
  const { seq } = source;
  const order = plan.cursor?.method === 'cursorBefore' ? flip(plan.order) : plan.order;
  const tooFar = isTooFar(source, plan, asked);
  const few = plan.limit <= MOST_UNWEIGHED;
  // Rows that are skipped are not looked up elsewhere.
  const isJoined = source.joined !== undefined && plan.offset > 0;
  if (where && few && !tooFar && !isJoined) {
    return source
      .select(selectingWith(db, tables), needed.columns)
      .where(where)
      .orderBy(...orderBy(order, seq))
      .limit(plan.limit)
      .offset(plan.offset);
  }
  const rows = tooFar ? sql`SELECT seq FROM (${sequences}) LIMIT iif(${tooFar}, 0, -1)` : sequences;
  // The page's rows are sorted once more, since `IN` keeps no order; what else they are told with is read of no other row.
  const sorted = orderBy(order, seq, '+');
  if (few) {
    return source
      .select(selectingWith(db, tables), needed.columns)
      .where(hasSequence(source, rows))
      .orderBy(...sorted);
  }
  const [found, decided] = undecided ? decidedOf(db, rows, plan.limit, undecided) : [[], rows];
  const weighed = weigh(db, source, needed, decided);
  return source
    .select(selectingWith(db, [...tables, ...found, ...weighed.tables]), weighed.columns)
    .where(hasSequence(source, weighed.sequences))
    .orderBy(...sorted);
}

/** The sequences of a page; none of one that will be refused, so that its rows are not read to be weighed. */
function decidedOf(db: Database, sequences: SQL, limit: number, undecided: SQL): [WithSubquery[], SQL] {
  const found = tableOf(db, 'list_found', sql`SELECT DISTINCT seq FROM (${sequences})`);
  const few = sql`(SELECT count(*) FROM list_found) < ${limit} AND (${undecided})`;
  return [[found], sql`SELECT seq FROM list_found LIMIT iif(${few}, 0, -1)`];
}
