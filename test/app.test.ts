import { describe, expect, test } from 'vitest';
import { endpoints } from '../src/app';
import { api } from './support/api';
import { namedEndpoints, nameOf, toApi, validCall } from './support/calls';
import { rows } from './support/rows';

const modules = import.meta.glob<Record<string, unknown>>('../src/*/**/*.ts', { eager: true });

/** What a file exports that is an endpoint. */
function endpointsOf(module: Record<string, unknown>) {
  return Object.entries(module).filter(
    ([, value]) => typeof value === 'object' && value !== null && 'path' in value && 'run' in value,
  );
}

test('Every endpoint that a file declares is in the list of its feature', () => {
  const listed: ReadonlySet<unknown> = new Set(endpoints);
  const forgotten = Object.entries(modules).flatMap(([file, module]) =>
    endpointsOf(module).flatMap(([name, endpoint]) => {
      const [, , room] = file.split('/');
      return listed.has(endpoint)
        ? []
        : [`${name} (${file.slice(3)}) is in no list: add it to src/${room}/endpoints.ts`];
    }),
  );
  expect(forgotten).toEqual([]);
});

/** Where the event depends on what is changed. */
const WRITTEN: Readonly<Record<string, string>> = {
  'PATCH /users/:userId/impersonator': 'impersonator.create',
};

describe('A call that succeeds', () => {
  const events = async () => (await rows('SELECT event FROM activity')).map(({ event }) => event);

  test.each(namedEndpoints)(
    'of %s leaves a line in the activity log, if it declares an event',
    async (_, endpoint) => {
      const [route, call] = toApi(endpoint, await validCall(endpoint));
      const before = await events();
      expect((await api(route, call)).status).toBe(endpoint.status);
      const left = (await events()).slice(before.length);
      const event = WRITTEN[nameOf(endpoint)] ?? endpoint.event;
      if (event === null) expect(left, `${route} writes an activity row: declare its event`).toEqual([]);
      else expect(left, `${route} declares ${event}: record it in the batch of its change`).toContain(event);
    },
  );
});
