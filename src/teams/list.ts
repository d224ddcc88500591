import { eq, sql } from 'drizzle-orm';
import { endpoint } from '../context';
import { counters, teams } from '../db/schema';
import { listSource, page, trigramSearch } from '../lists';
import { listOf } from '../wire/list';
import { listParams, listRequest } from '../wire/listParams';
import { modern, teamModel } from '../wire/team';

const index = { table: 'teams_search', columns: ['id', 'name'] } as const;

const teamsList = listSource({
  select: (db) => db.select().from(teams).$dynamic(),
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
    $id: { column: teams.id, type: 'string' },
    $createdAt: { column: teams.createdAt, type: 'datetime' },
    $updatedAt: { column: teams.updatedAt, type: 'datetime' },
    $sequence: { column: teams.seq, type: 'integer' },
  },
  search: index,
  uncountedTotal: sql`(SELECT ${counters.value} FROM ${counters} WHERE ${eq(counters.name, 'teams')})`,
  defaultOrder: 'asc',
  selectable: Object.keys(modern.entries),
});

/** GET /teams, in order of creation unless asked otherwise. With an API key: all of them. */
export const listTeams = endpoint({
  route: 'GET /teams',
  summary: 'List teams',
  scope: 'teams.read',
  query: listParams,
  returns: [200, listOf('teams', teamModel, { selects: true })],
  errors: ['general_query_invalid', 'general_cursor_not_found'],
  async handle({ query, db }) {
    const { statements, read } = page(db, teamsList, listRequest(query));
    return read(await db.batch(statements));
  },
});
