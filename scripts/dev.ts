/*
 * `npm run dev`: the whole service on this machine, with nothing but Node and npm. Arguments behind `--` go to
 * `wrangler dev`, such as `npm run dev -- --port 8899 --persist-to DIR`.
 */
import { dirname, relative } from 'node:path';
import { buildConsole } from './lib/consoleBuild.ts';
import { openDoor } from './lib/consoleDoor.ts';
import { type DevOptions, readDevOptions } from './lib/devOptions.ts';
import { ensureDevVars } from './lib/devVars.ts';
import { migrateLocally } from './lib/localDatabase.ts';
import { readLocalSettings } from './lib/localSettings.ts';
import { consoleLines, endpointOf, readAddress, welcome } from './lib/ready.ts';
import { runScript } from './lib/stop.ts';
import { ended, offline, start, toolCommand } from './lib/tools.ts';

/** On this machine receivers of webhooks are here too, and no plan bounds what an invocation may do. What is given wins. */
const LOCAL = ['--var', 'WEBHOOK_ANY_HOST:true', '--var', 'SUBREQUEST_LIMIT:1000'];

await runScript(() => dev(process.argv.slice(2)));

/** Runs until the server ends; returns its exit code. */
async function dev(args: readonly string[]): Promise<number> {
  const options = readDevOptions(args);
  const keyFile = prepareSecrets(options);
  await Promise.all([migrateLocally(options), buildConsole()]);
  const settings = readLocalSettings(options);
  // Wrangler tells over IPC what it listens on; its terminal stays its own, hotkeys included.
  const server = start(toolCommand('wrangler'), ['dev', ...LOCAL, ...args], {
    env: offline,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  server.on('message', (message) => {
    const address = readAddress(message);
    if (address === undefined) return;
    const endpoint = endpointOf(options.protocol, address);
    console.info(welcome(endpoint, settings, keyFile));
    if (settings.hasConsole && settings.rootKey !== undefined)
      openDoor(endpoint, settings.rootKey, (door) => console.info(consoleLines(endpoint, door)));
  });
  return ended(server);
}

/** Returns the name of the file that the root key is in. */
function prepareSecrets({ config, environment, envFiles }: DevOptions): string {
  if (envFiles.length > 0) return envFiles.join(', ');
  const { path, isNew, added } = ensureDevVars(dirname(config), environment);
  const file = relative(process.cwd(), path);
  if (isNew) console.info(`Made ${file} with a new root API key (git ignores it).`);
  for (const name of added) console.info(`Added a new ${name} to ${file}, which had none of its own.`);
  return file;
}
