import { SCOPES, type Scope } from '../../../src/request/scopes';

/** What people choose at the door, in one word. */
export const PRESETS = {
  all: 'Everything the console offers',
  read: 'Look only',
  custom: 'Choose one by one',
} as const;
export type Preset = keyof typeof PRESETS;

/** Hashes of passwords are for migrations: no screen shows them. */
const OFFERED = SCOPES.filter((scope) => scope !== 'users.hashes.read');

export const scopesOf = (preset: Preset, chosen: readonly Scope[]): Scope[] => {
  if (preset === 'all') return [...OFFERED];
  return preset === 'read' ? OFFERED.filter((scope) => scope.endsWith('.read')) : [...chosen];
};

/** Groups of scopes, as people think of them: `users` has `users.read`, … */
export const SCOPE_LIST: readonly Scope[] = SCOPES;
export { OFFERED };
