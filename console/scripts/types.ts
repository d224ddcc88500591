/*
 * `npm run console:types`: the types of the console's API client, from our own OpenAPI document. With `--check`, a part of
 * `npm run check`, it only tells whether they are still those.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';
import { runnerImport } from 'vite';
import { runScript, Stop } from '../../scripts/lib/stop.ts';
import { projectRoot } from '../../scripts/lib/tools.ts';
import { modernOnly } from './modernOnly.ts';

const file = join(projectRoot, 'console/src/api/schema.d.ts');

await runScript(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
  const nodes = await openapiTS(JSON.stringify(modernOnly(await describe())), {
    alphabetize: true,
    emptyObjectsUnknown: true,
  });
  const text = `/* Made by \`npm run console:types\` from our OpenAPI document: not to be edited. */\n${astToString(nodes)}`;
  const isCurrent = readFileSync(file, { encoding: 'utf8', flag: 'a+' }) === text;
  if (values.check && !isCurrent)
    throw new Stop('The API has changed under the console: npm run console:types');
  if (!isCurrent) writeFileSync(file, text);
  return 0;
});

/** The OpenAPI document, of the endpoints as they stand in the source: nothing has to run for it. */
async function describe(): Promise<unknown> {
  type Described = { describe(): unknown };
  const { module } = await runnerImport<Described>(join(projectRoot, 'console/scripts/document.ts'), {
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        // What only a Worker loads, such as WebAssembly: no endpoint describes itself by it.
        name: 'files-of-a-worker',
        enforce: 'pre',
        load: (id: string) => (/\.(wasm|txt|bin|html)(\?.*)?$/.test(id) ? 'export default ""' : null),
      },
    ],
  });
  return module.describe();
}
