import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { settleSecrets } from '../../scripts/lib/missingSecrets.ts';
import { toolCommand } from '../../scripts/lib/tools.ts';

/*
 * What a deployment reads out of wrangler's words, in the words of the wrangler that is installed: Cloudflare's API is
 * played. So a newer wrangler that says it otherwise fails here, not where it is believed.
 */

type Answer = readonly [status: number, body: unknown];

const failure = (status: number, code: number, message: string): Answer => [
  status,
  { success: false, errors: [{ code, message }], messages: [], result: null },
];
const success = (result: unknown): Answer => [200, { success: true, errors: [], messages: [], result }];

const NO_WORKER = failure(404, 10007, 'This Worker does not exist on your account.');
const NO_DATABASE = failure(404, 7404, 'The database could not be found');
const DATABASE = success({ uuid: '00000000-0000-4000-8000-000000000000', name: 'edge-users' });

let answers: { secrets: Answer; database?: Answer; query?: Answer };
let asked: string[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(`${request.method} ${path}`);
    const answer = path.endsWith('/secrets')
      ? answers.secrets
      : path.endsWith('/query')
        ? answers.query
        : answers.database;
    const [status, body] = answer ?? failure(500, 1, 'Not played.');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

/** The secrets that a deployment of the repository's own configuration would set, by name. */
async function settle() {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const variables = {
    CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/client/v4`,
    CLOUDFLARE_API_TOKEN: 'a-token',
    CLOUDFLARE_ACCOUNT_ID: 'an-account',
  };
  const [node, ...wrangler] = toolCommand('wrangler');
  const setUp = `data:text/javascript,Object.assign(process.env, ${encodeURIComponent(JSON.stringify(variables))})`;
  const missing = await settleSecrets({
    wrangler: [node, '--import', setUp, ...wrangler],
    environment: undefined,
    given: {},
    isAttended: true,
    tell: () => {},
  });
  return missing.map(({ name }) => name);
}

describe('Wrangler, in its own words', { timeout: 120_000 }, () => {
  test('says that there is no Worker, and no database', async () => {
    answers = { secrets: NO_WORKER, database: NO_DATABASE };
    expect(await settle()).toEqual(['ROOT_API_KEY', 'ENCRYPTION_KEY']);
    expect(asked.filter((call) => !call.startsWith('GET '))).toEqual([]);
  });

  test('lists the secrets of a Worker', async () => {
    const listed = ['ENCRYPTION_KEY', 'ROOT_API_KEY'].map((name) => ({ name, type: 'secret_text' }));
    answers = { secrets: success(listed) };
    expect(await settle()).toEqual([]);
    answers = { secrets: success(listed.slice(0, 1)) };
    expect(await settle()).toEqual(['ROOT_API_KEY']);
  });

  test.each([
    ['a token without rights', failure(403, 10000, 'Authentication error')],
    ['an account that is none', failure(404, 7003, 'Could not route to /accounts/an-account')],
  ])('says why it can not tell the secrets: %s', async (_, secrets) => {
    answers = { secrets };
    await expect(settle()).rejects.toThrow(
      /\[code: \d+\][\s\S]*none is ever replaced; nothing was deployed\.$/,
    );
  });

  test('says that a database has no tables, or what it holds', async () => {
    answers = {
      secrets: NO_WORKER,
      database: DATABASE,
      query: failure(400, 7500, 'no such table: authenticators: SQLITE_ERROR'),
    };
    expect(await settle()).toEqual(['ROOT_API_KEY', 'ENCRYPTION_KEY']);
    answers = { ...answers, query: success([{ results: [{ sealed: 1 }], success: true, meta: {} }]) };
    await expect(settle()).rejects.toThrow(/its database holds authenticators or recovery codes/);
  });
});
