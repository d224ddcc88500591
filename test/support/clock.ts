import { afterEach, beforeEach, vi } from 'vitest';
import { NOW } from './models';

/** Stops the clock at `NOW` for every test of the file. */
export function stopClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW.ms });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Lets time go by. */
export function passTime(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}
