import * as v from 'valibot';
import type { teams } from '../db/schema';
import type { Model } from '../http/endpoint';
import type { WireContext } from './dialect/context';
import { isoTime, unixTime } from './dialect/time';
import { id } from './id';
import { parsePrefs, prefsSchema } from './prefs';

export type Team = typeof teams.$inferSelect;

export const classic = v.strictObject({
  $id: v.string(),
  $createdAt: v.number(),
  $updatedAt: v.number(),
  name: v.string(),
  total: v.number(),
});

export const modern = v.strictObject({
  $id: v.string(),
  $createdAt: v.string(),
  $updatedAt: v.string(),
  name: v.string(),
  total: v.number(),
  prefs: prefsSchema,
});

/**
 * A team. Its preferences came with 1.3, but the SDKs of 1.0 and of 1.3 both ask for 1.0.0, so every modern client gets
 * them, as from Appwrite; 0.15's did not know any.
 */
export const teamModel: Model<Team, WireContext> = {
  name: 'Team',
  schemas: { classic, modern },
  render(team, { format }): v.InferOutput<typeof classic> | v.InferOutput<typeof modern> {
    const { id: $id, name, total } = team;
    if (format.classic) {
      const [$createdAt, $updatedAt] = [unixTime(team.createdAt), unixTime(team.updatedAt)];
      return { $id, $createdAt, $updatedAt, name, total };
    }
    const [$createdAt, $updatedAt] = [isoTime(team.createdAt), isoTime(team.updatedAt)];
    return { $id, $createdAt, $updatedAt, name, total, prefs: parsePrefs(team.prefs) };
  },
};

/** The team in a path. */
export const teamPath = { teamId: id };

/** A membership in a path: it must be the team's. */
export const membershipPath = { teamId: id, membershipId: id };
