import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from './tools.ts';

/** What our scripts need to know of the arguments that go to wrangler. Everything else passes through unread. */
export interface DevOptions {
  /** Where local data is; `.wrangler/state` beside the configuration without it. */
  readonly persistTo: string | undefined;
  /** The `[env.*]` of the configuration. */
  readonly environment: string | undefined;
  /** The configuration file, absolute. */
  readonly config: string;
  /** Replace `.dev.vars`, as wrangler has it. */
  readonly envFiles: readonly string[];
  /** `NAME:value`, which win over the configuration. */
  readonly vars: readonly string[];
  readonly protocol: string;
}

/** Reads wrangler's own arguments as wrangler does; unknown ones are its business. */
export function readDevOptions(args: readonly string[]): DevOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      'persist-to': { type: 'string' },
      env: { type: 'string', short: 'e' },
      config: { type: 'string', short: 'c' },
      'env-file': { type: 'string', multiple: true },
      var: { type: 'string', multiple: true },
      'local-protocol': { type: 'string' },
    },
  });
  return {
    persistTo: textOf(values['persist-to']),
    environment: textOf(values.env) ?? textOf(process.env.CLOUDFLARE_ENV),
    config: resolve(projectRoot, textOf(values.config) ?? 'wrangler.toml'),
    envFiles: textsOf(values['env-file']),
    vars: textsOf(values.var),
    protocol: textOf(values['local-protocol']) ?? 'http',
  };
}

/** The arguments that make another wrangler command work on the same database. */
export function sharedArgs({ persistTo, environment, config }: DevOptions): string[] {
  return [
    ...(persistTo === undefined ? [] : ['--persist-to', persistTo]),
    ...(environment === undefined ? [] : ['--env', environment]),
    ...['--config', config],
  ];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textsOf(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}
