import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import worker from '../../src/index';

export const ROUNDS = 5;
export const RUNS = 20;

/** Sends a request, and waits for what goes on after the answer. */
export async function send(request: Request, on: Env): Promise<Response> {
  const ctx = createExecutionContext();
  const response = await worker.fetch(request, on, ctx);
  await response.clone().text();
  await waitOnExecutionContext(ctx);
  return response;
}

/**
 * Milliseconds that a run takes: the middle one of several rounds' means, since workerd's clock is too coarse for a
 * single run, and a shared machine too noisy for a single round.
 */
export async function time(run: (n: number) => Promise<unknown>): Promise<number> {
  const [ms] = await timeSideBySide([run], RUNS);
  return ms ?? Number.NaN;
}

/** The same of several, in turns: what disturbs the machine disturbs them all. */
export async function timeSideBySide(
  runs: readonly ((n: number) => Promise<unknown>)[],
  runsInARound: number,
): Promise<number[]> {
  const means: number[][] = runs.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, run] of runs.entries()) {
      const start = performance.now();
      for (let n = 0; n < runsInARound; n++) await run(round * runsInARound + n);
      means[i]?.push((performance.now() - start) / runsInARound);
    }
  }
  return means.map((ofOne) => ofOne.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN);
}
