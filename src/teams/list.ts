import { eq, getTableColumns, sql } from 'drizzle-orm';
import { counters, teams } from '../db/schema';
import { type Fields, listSource, page, trigramSearch } from '../lists';
import { endpoint } from '../request/context';
import { listOf } from '../wire/dialect/list';
import { listParams, listRequest } from '../wire/dialect/listParams';
import { classic, modern, teamModel } from '../wire/team';

const index = { table: 'teams_search', columns: ['id', 'name'] } as const;

const columns = getTableColumns(teams);

/** The columns that each field of the model is told from. */
const fields: Fields<typeof columns, keyof typeof modern.entries> = {
  $id: ['id'],
  $createdAt: ['createdAt'],
  $updatedAt: ['updatedAt'],
  name: ['name'],
  total: ['total'],
  prefs: ['prefs'],
};

const teamCount = sql`(SELECT ${counters.value} FROM ${counters} WHERE ${eq(counters.name, 'teams')})`;

/** @param told the fields that the caller's dialect has */
const teamsList = (told: readonly string[]) =>
  listSource({
    columns,
    fields,
    told,
    select: (db, chosen = columns) => db.select(chosen).from(teams).$dynamic(),
    from: teams,
    seq: teams.seq,
    id: teams.id,
    noun: 'Team',
    attributes: {
      name: {
        column: teams.nameKey,
        type: 'string',
        nullable: false,
        folded: true,
        search: trigramSearch(index, 'name', teams.seq),
      },
      total: { column: teams.total, type: 'integer' },
      $id: { column: teams.id, type: 'string', trigrams: trigramSearch(index, 'id', teams.seq) },
      $createdAt: { column: teams.createdAt, type: 'datetime' },
      $updatedAt: { column: teams.updatedAt, type: 'datetime' },
      $sequence: { column: teams.seq, type: 'integer' },
    },
    search: index,
    uncountedTotal: teamCount,
    size: { rows: teamCount, of: 'teams' },
    defaultOrder: 'asc',
  });

/** GET /teams, in order of creation unless asked otherwise. With an API key: all of them. */
export const listTeams = endpoint({
  route: 'GET /teams',
  summary: 'List teams',
  scope: 'teams.read',
  query: listParams,
  returns: [200, listOf('teams', teamModel, { selects: true })],
  errors: ['general_cursor_not_found'],
  async handle({ query, db, format }) {
    const told = Object.keys((format.classic ? classic : modern).entries);
    const { statements, read } = page(db, teamsList(told), listRequest(query));
    return read(await db.batch(statements));
  },
});
