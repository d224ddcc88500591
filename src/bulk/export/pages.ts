import { eq, sql } from 'drizzle-orm';
import { users } from '../../db/schema';
import { ApiError } from '../../http/errors';
import { type Query, type Streamed, streamOf } from '../../lists';
import type { Context } from '../../request/context';
import { directoryList, type ExportedUser } from './columns';

/** Rows of a page, at most, and what they may take together, about: one row is always read, whatever it takes. */
const PAGE_ROWS = 500;
const PAGE_BYTES = 1_000_000;

type Stream = Streamed<ReturnType<typeof directoryList>['columns']>;

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
  return { select: stream.select, pages: read(context, list, stream) };
}

async function* read(
  { db }: Pick<Context, 'db'>,
  list: ReturnType<typeof directoryList>,
  stream: Stream,
): AsyncGenerator<readonly ExportedUser[]> {
  let left = stream.limit;
  let after = sql`0`;
  const { cursor } = stream;
  if (cursor !== undefined) after = sql`(SELECT behind.seq FROM users AS behind WHERE behind.id = ${cursor})`;
  for (let isFirst = true; left > 0; isFirst = false) {
    const page = pageStatement(db, list, stream, after, Math.min(left, PAGE_ROWS));
    const rows = isFirst && cursor !== undefined ? await begin(db, cursor, page) : await page;
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    left -= rows.length;
    after = sql`${last.seq}`;
  }
}

async function begin(db: Context['db'], cursor: string, page: ReturnType<typeof pageStatement>) {
  const [[found], rows] = await db.batch([
    db.select({ seq: users.seq }).from(users).where(eq(users.id, cursor)),
    page,
  ]);
  if (found !== undefined) return rows;
  throw new ApiError('general_cursor_not_found', `User '${cursor}' for the 'cursor' value not found.`);
}

/** The rows that follow one, until they are too many or take too much. */
function pageStatement(
  db: Context['db'],
  list: ReturnType<typeof directoryList>,
  { tables, following, needed }: Stream,
  after: ReturnType<typeof sql>,
  limit: number,
) {
  const table = (name: string, rows: ReturnType<typeof sql>) => db.$with(name, {}).as(rows);
  const found = table('list_page', sql`SELECT DISTINCT seq FROM (${following(after, limit)})`);
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
