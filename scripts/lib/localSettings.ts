import { unstable_getVarsForDev, unstable_readConfig } from 'wrangler';
import type { DevOptions } from './devOptions.ts';

/** What a local Worker is called with. */
export interface LocalSettings {
  readonly projectId: string;
  readonly rootKey: string | undefined;
  /** Whether the console is served. */
  readonly hasConsole: boolean;
}

/** The variables that `wrangler dev` gives the Worker for these options, read by wrangler's own rules. */
export function readLocalSettings({ config: path, environment, envFiles, vars }: DevOptions): LocalSettings {
  const args = { config: path, ...(environment === undefined ? {} : { env: environment }) };
  const config = unstable_readConfig(args, { hideWarnings: true });
  const files = envFiles.length === 0 ? undefined : [...envFiles];
  const bound = unstable_getVarsForDev(
    config.configPath,
    files,
    config.vars,
    environment,
    true,
    config.secrets,
  );
  const setting = (name: string) =>
    vars.findLast((given) => given.startsWith(`${name}:`))?.slice(name.length + 1) ??
    textOf(bound[name]?.value);
  const isOff = setting('CONSOLE') === 'false' || bound.CONSOLE?.value === false;
  return {
    projectId: setting('PROJECT_ID') ?? 'default',
    rootKey: setting('ROOT_API_KEY'),
    hasConsole: !isOff,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
