/*
 * `npm run deploy`: to production with one command. `-- --env NAME` deploys an `[env.NAME]` of the configuration,
 * `-- --dry-run` only builds, and tells how large the Worker is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildConsole } from './lib/consoleBuild.ts';
import { deploy } from './lib/deployment.ts';
import { runScript } from './lib/stop.ts';
import { run, toolCommand } from './lib/tools.ts';

const wrangler = toolCommand('wrangler');

await runScript(async () => {
  const { values } = parseArgs({
    options: { env: { type: 'string', short: 'e' }, 'dry-run': { type: 'boolean' } },
  });
  await buildConsole();
  if (values['dry-run']) return build(values.env);
  await deploy({
    wrangler,
    environment: values.env,
    given: process.env,
    // Builds may have a terminal of sorts; what is printed there is kept.
    isAttended: process.stdout.isTTY === true && !process.env.CI,
    tell: (line) => console.info(line),
  });
  return 0;
});

/** Builds as a deployment would, into a folder that is thrown away. */
async function build(environment: string | undefined): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'build-'));
  try {
    const target = environment === undefined ? [] : ['--env', environment];
    return await run(wrangler, ['deploy', '--dry-run', '--outdir', directory, ...target]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
