import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { deleteTeam } from './delete';
import { createMembership } from './join';
import { listTeams } from './list';
import { listMemberships } from './listMemberships';
import { listUserMemberships } from './listUserMemberships';
import { listTeamLogs } from './logs';
import { deleteMembership, getMembership, updateMembership } from './membership';
import { getTeamPrefs, updateTeamPrefs } from './prefs';
import { createTeam, getTeam, updateTeam } from './team';

/** Teams and memberships. In the order of the API's description. */
export const teamsEndpoints: readonly Endpoint<Context>[] = [
  listUserMemberships,
  listTeams,
  createTeam,
  getTeam,
  updateTeam,
  deleteTeam,
  getTeamPrefs,
  updateTeamPrefs,
  listTeamLogs,
  listMemberships,
  createMembership,
  getMembership,
  updateMembership,
  deleteMembership,
];
