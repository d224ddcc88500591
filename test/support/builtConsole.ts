import { buildConsole } from '../../scripts/lib/consoleBuild.ts';

/** Builds the console, unless it is built of the present files: the Worker of these tests serves it. */
export default async function setup(): Promise<void> {
  await buildConsole();
}
