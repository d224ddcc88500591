import { stripVTControlCharacters } from 'node:util';
import type { SecretName } from './devVars.ts';
import { type Captured, type Command, capture } from './tools.ts';

/** What is to be deployed, and from where. */
export interface Deployment {
  /** Wrangler, or in tests something that plays it. */
  readonly wrangler: Command;
  /** The `[env.*]` of the configuration. */
  readonly environment: string | undefined;
  /** Secrets to set where the Worker has none, such as from a build's environment. */
  readonly given: { readonly [Name in SecretName]?: string | undefined };
  /** Whether a person reads what is told, on a terminal: a log of a build would keep the secrets in it. */
  readonly isAttended: boolean;
  tell(line: string): void;
}

/** Asks wrangler something about what is deployed. Its errors have colours wherever they go: these are taken out. */
export async function ask(
  { wrangler, environment }: Deployment,
  ...args: readonly string[]
): Promise<Captured> {
  const { code, stdout, output } = await capture(wrangler, [...args, ...inEnvironment(environment)]);
  return { code, stdout, output: stripVTControlCharacters(output) };
}

/** The arguments that make wrangler work on an environment. */
export function inEnvironment(environment: string | undefined): string[] {
  return environment === undefined ? [] : ['--env', environment];
}

/** Whether wrangler says that the database does not exist: one that it only could not reach might. */
export function isNoDatabase({ code, output }: Captured): boolean {
  const unknown =
    /Couldn't find (an auto-provisioned D1 DB named '.*' for binding|a D1 DB named '.*' \(bound as '.*'\) in the API)/;
  return code !== 0 && unknown.test(output);
}

/** Whether wrangler says that a queue is there already. */
export function isTaken({ code, output }: Captured): boolean {
  return code !== 0 && /\balready (taken|exists)\b|\b11009\b/.test(output);
}
