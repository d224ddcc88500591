/* `npm run console`: builds the console, as `npm run dev` and `npm run deploy` do by themselves. */
import { buildConsole, firstLoad } from './lib/consoleBuild.ts';
import { runScript } from './lib/stop.ts';

await runScript(async () => {
  const isNew = await buildConsole();
  const size = Math.round(firstLoad() / 1000);
  console.info(`The console is ${isNew ? 'built' : 'as it was'}: ${size} kB compressed at a first visit.`);
  return 0;
});
