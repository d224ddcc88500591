import { eq } from 'drizzle-orm';
import { teams } from '../db/schema';
import { ApiError } from '../http/errors';
import { endpoint } from '../request/context';
import { prefs } from '../users';
import { prefsModel } from '../wire/prefs';
import { teamPath } from '../wire/team';
import { changeTeam } from './team';

/** GET /teams/{teamId}/prefs. */
export const getTeamPrefs = endpoint({
  route: 'GET /teams/:teamId/prefs',
  summary: "Get a team's preferences",
  scope: 'teams.read',
  params: teamPath,
  returns: [200, prefsModel],
  errors: ['team_not_found'],
  async handle({ params, db }) {
    const [team] = await db.select({ prefs: teams.prefs }).from(teams).where(eq(teams.id, params.teamId));
    if (team === undefined) throw new ApiError('team_not_found');
    return team.prefs;
  },
});

/** PUT /teams/{teamId}/prefs. Replaces the whole object; `{}` clears it. The rules are those of a user's. */
export const updateTeamPrefs = endpoint({
  route: 'PUT /teams/:teamId/prefs',
  summary: "Replace a team's preferences",
  scope: 'teams.write',
  params: teamPath,
  body: { prefs },
  returns: [200, prefsModel],
  errors: ['team_not_found'],
  event: 'team.update',
  attribute: 'prefs',
  async handle({ params, body, ...context }) {
    const team = await changeTeam(context, params.teamId, { prefs: body.prefs });
    return team.prefs;
  },
});
