import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import packaged from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The browser of this machine: `CHROMIUM`, or the first that the PATH has; else the one of an npm package, which is for Linux
 * on x64 only. Undefined if there is none.
 */
export async function findChromium(): Promise<string | undefined> {
  const { CHROMIUM, PATH = '' } = process.env;
  const directories = PATH.split(delimiter);
  const paths = NAMES.flatMap((name) => directories.map((directory) => join(directory, name)));
  const found = [CHROMIUM ?? '', ...paths].find((path) => path !== '' && existsSync(path));
  if (found !== undefined || process.platform !== 'linux' || process.arch !== 'x64') return found;
  return packaged.executablePath();
}

/** Starts a browser that shows nothing and calls nobody by itself. */
export function startChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // The packaged one wants its own as well.
    args: [
      ...(executablePath.startsWith(tmpdir()) ? packaged.args : []),
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
