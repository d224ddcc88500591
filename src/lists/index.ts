/*
 * Lists: the one machinery behind every list endpoint. It knows SQL, not users.
 *
 * 1. `parseQueries(texts)` reads `queries[]`, both syntaxes, into `Query`s; the parameters of 0.15 are made into the
 *    same with `limit`, `offset`, `cursorAfter`, `cursorBefore`, `orderAsc`, `orderDesc`.
 * 2. A `ListSource` declares the list: how rows are selected, their sequence and public ID, the attributes that
 *    queries may name, what `search` looks in, where the total comes from; and the columns that each field of an answer
 *    is told from, so that `select` queries read no others.
 * 3. `page(db, source, request)` gives two statements for one `db.batch`, and `read` for their results:
 *
 *        const list = page(db, usersList, { queries, search, total: true, defaultLimit: 25, maxLimit: 5000 });
 *        const { rows, total } = list.read(await db.batch(list.statements));
 *
 *    Beside other statements: `const [user, ...results] = await db.batch([other, ...list.statements])`.
 *    `list.select` is what `select` queries ask for, to be applied where rows are shown. A page of more than 10 MB is
 *    refused before it is read (weigh.ts).
 *
 * Everything a caller can get wrong is an `ApiError`: `general_argument_invalid` from 1 and 3, and
 * `general_cursor_not_found` from `read`.
 */
export type { Attribute, Attributes } from './attributes';
export type { Selecting } from './bind';
export type { Fields } from './columns';
export type { Flags } from './flags';
export { mergeSearch } from './mergeIndexes';
export type { Direction } from './order';
export { page } from './page';
export { MAX_QUERIES, MAX_QUERY_LENGTH, parseQueries } from './parse';
export type { Query } from './query';
export { cursorAfter, cursorBefore, limit, offset, orderAsc, orderDesc } from './query';
export { type Blocks, type ListRequest, type ListSource, listSource } from './source';
export { filterOf, type Streamed, streamOf } from './stream';
export { parseTime } from './time';
export { type TrigramIndex, trigramSearch } from './trigram';
export { MOST_PAGE_BYTES, pageTooLarge } from './weigh';
export type { Zones } from './zones';
