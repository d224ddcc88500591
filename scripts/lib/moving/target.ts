import { readDevOptions } from '../devOptions.ts';
import { readLocalSettings } from '../localSettings.ts';
import { Stop } from '../stop.ts';
import type { Deployment } from './deployment.ts';

interface Given {
  readonly endpoint: string | undefined;
  readonly project: string | undefined;
  readonly key: string | undefined;
}

/**
 * The deployment that a command works with: by its flags, else by EDGE_USERS_ENDPOINT, EDGE_USERS_PROJECT and
 * EDGE_USERS_KEY; the one that `npm run dev` runs on this machine where nothing is told, with its own root key.
 * @throws Stop where there is no key
 */
export function targetOf({ endpoint, project, key }: Given, args: readonly string[]): Deployment {
  const { EDGE_USERS_ENDPOINT, EDGE_USERS_PROJECT, EDGE_USERS_KEY } = process.env;
  const address = endpoint ?? EDGE_USERS_ENDPOINT ?? 'http://localhost:8787/v1';
  const known = { project: project ?? EDGE_USERS_PROJECT, key: key ?? EDGE_USERS_KEY };
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(URL.parse(address)?.hostname ?? '');
  const local = isLocal && known.key === undefined ? readLocalSettings(readDevOptions(args)) : undefined;
  const secret = known.key ?? local?.rootKey;
  if (secret === undefined)
    throw new Stop(
      'Give the API key: --key, or EDGE_USERS_KEY in the environment, where nobody else sees it.',
    );
  return {
    endpoint: address.replace(/\/+$/, ''),
    project: known.project ?? local?.projectId ?? 'default',
    key: secret,
  };
}
