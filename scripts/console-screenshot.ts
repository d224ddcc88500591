/* `npm run console:screenshot`: the picture of the console in README.md, of the console as it is, with made-up people. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as v from 'valibot';
import { findChromium, startChromium } from '../test/browser/chromium.ts';
import { makeHome, startServer } from '../test/sdk/server.ts';
import { runScript, Stop } from './lib/stop.ts';
import { projectRoot } from './lib/tools.ts';

const SCOPES = ['users.read', 'users.write', 'teams.read', 'keys.read', 'project.read'];

await runScript(async () => {
  const executable = await findChromium();
  if (executable === undefined) throw new Stop('No Chromium is installed: set CHROMIUM to one.');
  const { home, remove } = makeHome();
  const args = ['scripts/seed.ts', '--users', '2000', '--persist-to', join(home, 'state')];
  spawnSync(process.execPath, args, { cwd: projectRoot, stdio: 'ignore' });
  const server = await startServer(home);
  const browser = await startChromium(executable);
  try {
    const answer = await fetch(`${server.endpoint}/project/keys/ephemeral`, {
      method: 'POST',
      headers: { 'x-appwrite-key': server.rootKey, 'content-type': 'application/json' },
      body: JSON.stringify({ scopes: SCOPES, duration: 600, person: 'Ada Lovelace' }),
    });
    const { secret } = v.parse(v.object({ secret: v.string() }), await answer.json());
    const context = await browser.newContext({ viewport: { width: 1360, height: 760 }, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(`${server.endpoint.replace('/v1', '/console')}/users#key=${secret}`);
    await page.getByRole('table').waitFor();
    await page.screenshot({ path: join(projectRoot, 'docs/console.png') });
    return 0;
  } finally {
    await browser.close();
    await server.stop();
    remove();
  }
});
