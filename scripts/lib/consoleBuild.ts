import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { Stop } from './stop.ts';
import { capture, projectRoot, toolCommand } from './tools.ts';

const source = join(projectRoot, 'console');
const home = join(source, 'dist');

/** Where the built console is: the path below `dist` is that of its address. */
const built = join(home, 'console');

/** The inputs that the built console was made of, as one hash. */
const stamp = join(built, '.inputs');

/**
 * Builds the console, unless it is built of just these files already. Vite runs by itself: loaded into another tool, such as a
 * test runner, it builds for that one's settings.
 * @returns whether it had to
 * @throws Stop with what Vite said
 */
export async function buildConsole(): Promise<boolean> {
  const inputs = hashInputs();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return false;
  const fresh = join(source, `.build-${process.pid}`);
  try {
    const args = ['build', source, '--outDir', fresh, '--emptyOutDir', '--logLevel', 'error'];
    const env = { ...process.env, NODE_ENV: 'production' };
    const { code, output } = await capture(toolCommand('vite'), args, { env });
    if (code !== 0) throw new Stop(`${output}\n\nThe console could not be built.`);
    writeFileSync(join(fresh, '.inputs'), inputs);
    replace(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return true;
}

/** Puts a build in its place as a whole: whoever serves, or builds too, sees the old one or the new one. */
function replace(fresh: string): void {
  mkdirSync(home, { recursive: true });
  const old = `${fresh}-old`;
  if (existsSync(built)) renameSync(built, old);
  renameSync(fresh, built);
  rmSync(old, { recursive: true, force: true });
}

function hashInputs(): string {
  const files = globSync(['index.html', 'package.json', 'vite.config.ts', 'src/**/*'], {
    cwd: source,
    withFileTypes: true,
  });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const hash = createHash('sha256').update(readFileSync(join(projectRoot, 'package-lock.json')));
  for (const path of paths.sort()) hash.update(path.slice(source.length)).update(readFileSync(path));
  return hash.digest('hex');
}

const chunk = v.object({
  file: v.string(),
  isEntry: v.optional(v.boolean(), false),
  imports: v.optional(v.array(v.string()), []),
  css: v.optional(v.array(v.string()), []),
});
const manifest = v.record(v.string(), chunk);

/** Bytes that a first visit loads of the built console, compressed: the page, its script with what it imports, styles. */
export function firstLoad(): number {
  const text = readFileSync(join(built, '.vite/manifest.json'), 'utf8');
  const chunks = v.parse(v.pipe(v.string(), v.parseJson(), manifest), text);
  const files = new Set(['index.html']);
  const waiting = Object.keys(chunks).filter((name) => chunks[name]?.isEntry);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const { file, css, imports } = chunks[name] ?? { file: '', css: [], imports: [] };
    if (files.has(file)) continue;
    for (const loaded of [file, ...css]) files.add(loaded);
    waiting.push(...imports);
  }
  const sizes = [...files].map((file) => gzipSync(readFileSync(join(built, file))).length);
  return sizes.reduce((sum, size) => sum + size, 0);
}
