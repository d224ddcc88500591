import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeHome, type Server, startServer } from '../sdk/server';

const call = (server: Server, method: string, path: string, body: object) =>
  fetch(`${server.endpoint}${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-appwrite-key': server.rootKey },
    body: JSON.stringify(body),
  });

test('Every acknowledged change reaches its webhook though the Worker is killed in the middle of changes and deliveries', {
  timeout: 180_000,
}, async () => {
  const told = new Set<string>();
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      told.add(JSON.parse(Buffer.concat(chunks).toString()).$id);
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`;
  const { home, remove } = makeHome();
  const acknowledged: string[] = [];
  try {
    for (const round of [1, 2]) {
      const server = await startServer(home);
      if (round === 1)
        await call(server, 'POST', '/webhooks', {
          webhookId: 'w',
          name: 'w',
          url,
          events: ['users.*.create'],
        });
      let isOver = false;
      const people = Array.from({ length: 8 }, async (_, person) => {
        for (let i = 0; !isOver; i++) {
          const userId = `r${round}-${person}-${i}`;
          const answer = await call(server, 'POST', '/users', { userId }).catch(() => null);
          if (answer?.status === 201) acknowledged.push(userId);
        }
      });
      await wait(1500);
      isOver = true;
      await server.kill();
      await Promise.all(people);
    }
    const server = await startServer(home);
    try {
      // The lease of a run that died lasts a minute; then any change wakes up all that is due.
      for (const end = Date.now() + 90_000; Date.now() < end && acknowledged.some((id) => !told.has(id)); ) {
        const { status } = await call(server, 'POST', '/users', { userId: `last-${Date.now()}` });
        expect(status).toBe(201);
        await wait(1000);
      }
      expect(acknowledged.length).toBeGreaterThan(20);
      expect(acknowledged.filter((id) => !told.has(id))).toEqual([]);
    } finally {
      await server.stop();
    }
  } finally {
    receiver.closeAllConnections();
    receiver.close();
    remove();
  }
});
