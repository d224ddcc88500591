import type { Scope } from '../../../src/request/scopes';

interface Screen {
  readonly to: '/users' | '/teams' | '/activity' | '/usage' | '/keys' | '/webhooks' | '/settings';
  readonly title: string;
  readonly icon: 'users' | 'teams' | 'activity' | 'usage' | 'keys' | 'webhooks' | 'settings';
  /** Which scopes show something there. */
  readonly scopes: readonly Scope[];
  /** The letter that leads there, after `g`. */
  readonly letter: string;
}

/** The screens of the console, in the order of its navigation. */
export const SCREENS: readonly Screen[] = [
  { to: '/users', title: 'Users', icon: 'users', scopes: ['users.read'], letter: 'u' },
  { to: '/teams', title: 'Teams', icon: 'teams', scopes: ['teams.read'], letter: 't' },
  { to: '/activity', title: 'Activity', icon: 'activity', scopes: ['activities.read'], letter: 'a' },
  { to: '/usage', title: 'Usage', icon: 'usage', scopes: ['users.read'], letter: 's' },
  { to: '/keys', title: 'API keys', icon: 'keys', scopes: ['keys.read'], letter: 'k' },
  { to: '/webhooks', title: 'Webhooks', icon: 'webhooks', scopes: ['webhooks.read'], letter: 'w' },
  { to: '/settings', title: 'Settings', icon: 'settings', scopes: ['project.read'], letter: 'e' },
];
