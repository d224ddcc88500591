/** What a key can be allowed: Appwrite's names, and one of ours for the hashes that Appwrite shows to every key. */
export const SCOPES = [
  'users.read',
  'users.write',
  'users.hashes.read',
  'sessions.read',
  'sessions.write',
  'teams.read',
  'teams.write',
  'project.read',
  'keys.read',
  'keys.write',
  'webhooks.read',
  'webhooks.write',
  'activities.read',
] as const;

export type Scope = (typeof SCOPES)[number];
