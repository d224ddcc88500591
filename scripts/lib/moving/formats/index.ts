import { Stop } from '../../stop.ts';
import type { Deployment } from '../deployment.ts';
import type { Source } from '../source.ts';
import { appwrite } from './appwrite.ts';
import { auth0 } from './auth0.ts';
import { betterAuth } from './betterAuth.ts';
import { clerk } from './clerk.ts';
import { firebase } from './firebase.ts';
import { csv, ndjson } from './own.ts';
import { supabase } from './supabase.ts';

export const FORMATS: readonly string[] = [
  ...['ndjson', 'csv', 'appwrite', 'firebase', 'auth0', 'clerk', 'supabase', 'better-auth'],
];

/** What a source needs besides its file. */
export interface SourceOptions {
  readonly from: string;
  readonly file: string | undefined;
  readonly signerKey: string | undefined;
  readonly saltSeparator: string | undefined;
  readonly rounds: number;
  readonly memCost: number;
  readonly hashes: string | undefined;
  readonly identities: string | undefined;
  /** A live Appwrite project. */
  readonly project: Deployment | null;
}

/**
 * Opens where users come from.
 * @param to where teams are made that a live source tells of; null in a dry run
 * @throws Stop for what is missing
 */
export function openSource(options: SourceOptions, to: Deployment | null): Source {
  const { from, project } = options;
  if (from === 'appwrite') {
    if (project === null)
      throw new Stop('Give --source-endpoint, --source-project and --source-key of the Appwrite project.');
    return appwrite(project, to);
  }
  const { file } = options;
  if (file === undefined) throw new Stop('Give the file to import.');
  switch (from) {
    case 'ndjson':
      return ndjson(file);
    case 'csv':
      return csv(file);
    case 'firebase':
      return firebase(file, options);
    case 'auth0':
      return auth0(file, options.hashes);
    case 'clerk':
      return clerk(file);
    case 'supabase':
      return supabase(file, options.identities);
    case 'better-auth':
      return betterAuth(file);
    default:
      throw new Stop(`--from must be one of ${FORMATS.join(', ')}.`);
  }
}
