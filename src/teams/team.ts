import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { violatedUnique } from '../db/errors';
import { named } from '../db/named';
import { teams } from '../db/schema';
import { ApiError } from '../http/errors';
import { type Context, endpoint } from '../request/context';
import { newId } from '../wire/id';
import { type Team, teamModel, teamPath } from '../wire/team';
import { roles, teamName } from './params';
import { recordTeam } from './record';

/**
 * POST /teams: a team without members. `roles` are those of the user that creates a team with its session; with an API
 * key there is none, as in Appwrite, and they are only checked.
 */
export const createTeam = endpoint({
  route: 'POST /teams',
  summary: 'Create a team',
  scope: 'teams.write',
  body: { teamId: newId, name: teamName, roles: v.optional(roles, ['owner']) },
  returns: [201, teamModel],
  errors: ['team_already_exists'],
  event: 'team.create',
  async handle({ body: { teamId, name }, ...context }) {
    const { db, now } = context;
    const [[team]] = await db
      .batch([
        db
          .insert(teams)
          .values({ id: teamId, ...named(name), createdAt: now, updatedAt: now })
          .returning(),
        recordTeam(context, teamId),
      ])
      .catch((error: unknown) => {
        if (violatedUnique(error) === 'teams.id') throw new ApiError('team_already_exists');
        throw error;
      });
    return found(team);
  },
});

/** GET /teams/{teamId}. */
export const getTeam = endpoint({
  route: 'GET /teams/:teamId',
  summary: 'Get a team',
  scope: 'teams.read',
  params: teamPath,
  returns: [200, teamModel],
  errors: ['team_not_found'],
  async handle({ params, db }) {
    const [team] = await db.select().from(teams).where(eq(teams.id, params.teamId));
    return found(team);
  },
});

/** PUT /teams/{teamId}: its name, the only thing that can be changed. */
export const updateTeam = endpoint({
  route: 'PUT /teams/:teamId',
  summary: "Update a team's name",
  scope: 'teams.write',
  params: teamPath,
  body: { name: teamName },
  returns: [200, teamModel],
  errors: ['team_not_found'],
  event: 'team.update',
  handle: ({ params, body, ...context }) => changeTeam(context, params.teamId, named(body.name)),
});

/**
 * Changes a team and writes the activity row, in one transaction.
 * @throws ApiError team_not_found
 */
export async function changeTeam(
  context: Context,
  teamId: string,
  changes: Pick<Partial<Team>, 'name' | 'nameKey' | 'prefs'>,
): Promise<Team> {
  const { db, now } = context;
  const [[team]] = await db.batch([
    db
      .update(teams)
      .set({ ...changes, updatedAt: now })
      .where(eq(teams.id, teamId))
      .returning(),
    recordTeam(context, teamId),
  ]);
  return found(team);
}

/** @throws ApiError team_not_found where a statement returned no team */
function found(team: Team | undefined): Team {
  if (team === undefined) throw new ApiError('team_not_found');
  return team;
}
