import { type DevOptions, sharedArgs } from './devOptions.ts';
import { Stop } from './stop.ts';
import { capture, offline, toolCommand } from './tools.ts';

/**
 * Brings the local database up to date, where these options say that it is.
 * @throws Stop with wrangler's own words, if a migration fails
 */
export async function migrateLocally(options: DevOptions): Promise<void> {
  const args = ['d1', 'migrations', 'apply', 'DB', '--local', ...sharedArgs(options)];
  const { code, output } = await capture(toolCommand('wrangler'), args, { env: offline });
  if (code !== 0) throw new Stop(`${output.trim()}\n\nThe local database could not be brought up to date.`);
}
