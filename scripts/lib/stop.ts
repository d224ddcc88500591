/** Why a script has to stop: the message is all that its user needs to see. */
export class Stop extends Error {
  override readonly name = 'Stop';
}

/** Runs a script: its result is the exit code. What stops it is told in its own words, a bug with its stack. */
export async function runScript(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Stop ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
