import type { Server } from '../../sdk/server';
import { Caller } from './caller';

/** So many callers; the same name makes the same choices. */
export function crowd(size: number, name: string): Caller[] {
  return Array.from({ length: size }, (_, i) => new Caller(`${name}-${i}`, randomOf(i + 1)));
}

/** Lets them all go on at once until `stop`, which waits for their last answers. */
export function drive(server: Server, callers: readonly Caller[]): { stop(): Promise<void> } {
  let goesOn = true;
  const running = Promise.all(callers.map((caller) => caller.run(server, () => goesOn)));
  // Told by `stop`, which may come much later than the error.
  running.catch(() => {});
  return {
    async stop() {
      goesOn = false;
      await running;
    },
  };
}

/** Numbers from 0 to 1 that look random and are the same for a seed: mulberry32, by Tommy Ettinger (public domain). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
