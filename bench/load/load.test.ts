import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { send } from '../../test/node/load/api';
import { TEAM } from '../../test/node/load/caller';
import { crowd, drive } from '../../test/node/load/crowd';
import { verify } from '../../test/node/load/verify';
import { makeHome, startServer } from '../../test/sdk/server';

const CALLERS = 200;
const SECONDS = 30;

test(`${CALLERS} callers for ${SECONDS} s: every acknowledged change is there, and all totals agree`, {
  timeout: 600_000,
}, async () => {
  const { home, remove } = makeHome();
  try {
    const server = await startServer(home);
    try {
      await send(server, ['POST /teams', { teamId: TEAM, name: 'Crowd' }]);
      const callers = crowd(CALLERS, 'load');
      const driven = drive(server, callers);
      await wait(SECONDS * 1000);
      await driven.stop();
      const answers = new Map<number, number>();
      for (const caller of callers)
        for (const [status, count] of caller.answers) answers.set(status, (answers.get(status) ?? 0) + count);
      const all = [...answers.values()].reduce((sum, count) => sum + count, 0);
      const told = [...answers].sort().map(([status, count]) => `${count} × ${status || 'no answer'}`);
      console.info(`${all} calls in ${SECONDS} s, ${Math.round(all / SECONDS)} a second: ${told.join(', ')}`);
      await verify(
        server,
        callers.flatMap((caller) => caller.records),
      );
      expect((await send(server, ['GET /health'])).status).toBe(200);
    } finally {
      await server.stop();
    }
  } finally {
    remove();
  }
});
