import type { Miniflare } from 'miniflare';
import { afterAll, beforeAll, test } from 'vitest';
import { COMPATIBILITY, removeBundles } from '../support/bundle.ts';
import { CALLER, ROOT_KEY, USERS } from '../support/calls.ts';
import { interleaved } from '../support/interleaved.ts';
import {
  DIRECTORIES,
  type Directory,
  type Held,
  type Once,
  PEER_ORIGIN,
  PEER_PASSWORD,
  PEER_PEOPLE,
  type PeerCall,
  peerCalls,
} from '../support/peerCalls.ts';
import { printTable } from '../support/table.ts';
import { askDriver, service, startTogether, worker } from '../support/workerd.ts';

/* The same work by better-auth, in the same workerd: with its sessions in D1, in KV, and in a cookie. */

const NAMES: Readonly<Record<Directory, string>> = {
  ours: 'edge-users',
  d1: 'better-auth, D1',
  kv: 'better-auth, D1 and KV',
  cookie: 'better-auth, D1 and its cookie cache',
};

const peers = DIRECTORIES.filter((one) => one !== 'ours');

let mf: Miniflare;
const held = new Map<Directory, Held>();

beforeAll(async () => {
  const peer = worker('d1', 'bench/workers/betterAuth.ts');
  mf = await startTogether([
    worker('driver', 'bench/workers/peersDriver.ts', {
      serviceBindings: { ours: 'service', d1: 'd1', kv: 'kv', cookie: 'cookie' },
    }),
    service(),
    ...peers.map((kind) => ({
      ...peer,
      ...COMPATIBILITY,
      name: kind,
      d1Databases: { DB: kind },
      kvNamespaces: { SESSIONS: kind },
      bindings: { KIND: kind },
    })),
  ]);
  held.set('ours', await ourPeople());
  for (const kind of peers) held.set(kind, await theirPeople(kind));
}, 240_000);

afterAll(async () => {
  await mf.dispose();
  removeBundles();
});

async function ask(directory: Directory, path: string, body?: object, headers: Record<string, string> = {}) {
  const once: Once = {
    directory,
    path,
    headers: { ...CALLER, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body ?? {}),
  };
  const answer = await mf.dispatchFetch('http://driver/once', { method: 'POST', body: JSON.stringify(once) });
  if (!answer.ok) throw new Error(`${directory} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

async function ourPeople(): Promise<Held> {
  const key = { 'x-appwrite-key': ROOT_KEY };
  for (let n = 0; n < PEER_PEOPLE; n++) {
    const body = { userId: `person${n}`, email: `person${n}@example.com`, password: PEER_PASSWORD };
    await ask('ours', '/v1/users', body, key);
  }
  const made = await ask('ours', '/v1/users/person1/sessions', {}, key);
  return { person: JSON.parse(await made.text()).secret, server: '' };
}

async function theirPeople(kind: Directory): Promise<Held> {
  await ask(kind, `/set-up?users=${USERS}`);
  const cookieOf = async (n: number) => {
    const body = { email: `person${n}@example.com`, password: PEER_PASSWORD };
    const answer = await ask(kind, '/api/auth/sign-in/email', body, { origin: PEER_ORIGIN });
    return answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
  };
  return { person: await cookieOf(1), server: await cookieOf(0) };
}

/** A number for each run that there is, so that no two create the same. */
let runs = 0;

function blocks({ name: call }: PeerCall, directory: Directory) {
  return async (count: number): Promise<number> => {
    const from = runs;
    runs += count;
    const block = { call, directory, from, runs: count, held: held.get(directory) };
    return (await askDriver(mf, '/', block)).ms;
  };
}

test(`Calls over ${USERS} users beside better-auth`, { timeout: 1_800_000 }, async () => {
  const rows = [];
  for (const call of peerCalls) {
    const beside = call.beside ?? ['d1', 'kv'];
    const measured = await interleaved([...beside, 'ours' as const].map((one) => blocks(call, one)));
    const cells = new Map(beside.map((one, at) => [one, measured[at]]));
    const told = peers.map((one) => {
      const cell = cells.get(one);
      return cell === undefined ? '' : `${cell.ms.toFixed(2)} · ${cell.ratio.toFixed(1)} ×`;
    });
    rows.push([call.name, measured.at(-1)?.ms.toFixed(2) ?? '', ...told]);
  }
  printTable(['call, ms', ...DIRECTORIES.map((one) => NAMES[one])], rows);
});
