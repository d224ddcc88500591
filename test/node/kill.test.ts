import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeHome, startServer } from '../sdk/server';
import { send } from './load/api';
import { type Caller, TEAM } from './load/caller';
import { crowd, drive } from './load/crowd';
import { verify } from './load/verify';

test('What was acknowledged is there after SIGKILL in the middle of writes, and nothing is there by halves', {
  timeout: 180_000,
}, async () => {
  const { home, remove } = makeHome();
  try {
    const callers: Caller[] = [];
    for (const round of [1, 2]) {
      const server = await startServer(home);
      if (round === 1) await send(server, ['POST /teams', { teamId: TEAM, name: 'Crowd' }]);
      const here = crowd(20, `r${round}`);
      callers.push(...here);
      const driven = drive(server, here);
      await wait(1500);
      await server.kill();
      await driven.stop();
    }
    const records = callers.flatMap((caller) => caller.records);
    expect(
      records.some(({ pending }) => pending !== null),
      'a write was under way',
    ).toBe(true);
    expect(
      records.some(({ known }) => known.changes > 0),
      'a write was acknowledged',
    ).toBe(true);
    const server = await startServer(home);
    try {
      await verify(server, records);
    } finally {
      await server.stop();
    }
  } finally {
    remove();
  }
});
