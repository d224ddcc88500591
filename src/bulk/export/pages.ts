import { type SQL, sql } from 'drizzle-orm';
import { users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { type Query, type Streamed, streamOf } from '../../lists';
import type { Context } from '../../request/context';
import { directoryList, type ExportedUser } from './columns';

/** Rows of a page, at most, and what they may take together, about: one row is always read, whatever it takes. */
const PAGE_ROWS = 500;
const PAGE_BYTES = 1_000_000;

/** Rows that one statement looks at, at most, where filters leave few. */
const LOOKED_AT = 50_000;

type List = ReturnType<typeof directoryList>;
type Stream = Streamed<List['columns']>;

/**
 * Pages of what the queries leave of the directory, in order of sequence: a page is read when the one before it is
 * taken, so that no more than one is ever in memory.
 * @throws ApiError general_argument_invalid; general_cursor_not_found before the first page
 */
export function pagesOf(
  context: Pick<Context, 'db' | 'seesHashes'>,
  request: { readonly queries: readonly Query[]; readonly search: string | undefined },
) {
  const list = directoryList(context);
  const stream = streamOf(context.db, list, request);
  return { select: stream.select, pages: read(context.db, list, stream) };
}

async function* read(db: Context['db'], list: List, stream: Stream): AsyncGenerator<readonly ExportedUser[]> {
  const { cursor } = stream;
  let left = stream.limit;
  const start =
    cursor === undefined ? sql`0` : sql`(SELECT behind.seq FROM users AS behind WHERE behind.id = ${cursor})`;
  const [[found], page] = await db.batch([
    readPlace(db, start),
    pageStatement(db, list, stream, start, Math.min(left, PAGE_ROWS)),
  ]);
  if (found === undefined || found.after === null)
    throw new ApiError('general_cursor_not_found', `User '${cursor}' for the 'cursor' value not found.`);
  const { last } = found;
  let { after } = found;
  for (let rows = page; left > 0; ) {
    if (rows.length > 0) yield rows;
    left -= rows.length;
    after = rows.at(-1)?.seq ?? after + LOOKED_AT;
    if (after >= last || left <= 0) return;
    rows = await pageStatement(db, list, stream, sql`${after}`, Math.min(left, PAGE_ROWS));
  }
}

/** Behind which row to begin, null where there is none; and the last one that there is then: newer ones come in a later export. */
function readPlace(db: Context['db'], start: SQL) {
  return db
    .select({
      after: sql<number | null>`${start}`.as('after'),
      last: sql<number>`ifnull((SELECT newest.seq FROM users AS newest WHERE newest.seq > 0 ORDER BY newest.seq DESC LIMIT 1), 0)`.as(
        'last',
      ),
    })
    .from(sql`(SELECT 1)`);
}

/** The rows that follow one, until they are too many or take too much; of so many that are looked at. */
function pageStatement(db: Context['db'], list: List, stream: Stream, after: SQL, limit: number) {
  const { tables, where = sql`true`, needed } = stream;
  const table = (name: string, rows: SQL) => db.$with(name, {}).as(rows);
  const found = table(
    'list_page',
    sql`SELECT DISTINCT seq FROM (SELECT ${users.seq} AS seq FROM ${users} WHERE ${users.seq} > ${after}
      AND ${users.seq} <= ${after} + ${sql.raw(String(LOOKED_AT))} AND ${where} ORDER BY ${users.seq} LIMIT ${limit})`,
  );
  const weighed = table(
    'list_weight',
    sql`SELECT users.seq AS seq, ifnull(sum(${needed.bytes}) OVER (ORDER BY users.seq
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
      FROM users WHERE users.seq IN (SELECT seq FROM list_page)`,
  );
  return list
    .select(db.with(...tables, found, weighed), { ...needed.columns, seq: users.seq })
    .where(sql`${users.seq} IN (SELECT seq FROM list_weight WHERE before < ${sql.raw(String(PAGE_BYTES))})`)
    .orderBy(users.seq);
}
