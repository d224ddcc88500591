import { expect, test, vi } from 'vitest';
import { hashPassword } from '../../src/passwords';
import { argon2Types } from '../../src/passwords/argon2Wasm';
import { api } from '../support/api';
import { freshId, newSession, newUser, spendBudget, withSession } from '../support/given';
import { rows } from '../support/rows';

/*
 * That a refused sign-in does not tell who is registered is shown by the work that it takes, not by a stopwatch: each
 * computes argon2id once, at the cost of the deployment.
 */

/** What the WASM module is called with for each hash: passes, KiB, lanes, ten buffers and lengths, type, version. */
const hashes: number[][] = [];
const { Instance } = WebAssembly;
class CountingInstance {
  readonly exports: WebAssembly.Exports;

  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    const { exports } = new Instance(module, imports);
    const { argon2_hash: hash } = exports;
    if (typeof hash !== 'function') throw new Error('the module has another name for what it does');
    const argon2_hash = (...args: number[]) => {
      hashes.push(args);
      return hash(...args);
    };
    this.exports = { ...exports, argon2_hash };
  }
}
vi.spyOn(WebAssembly, 'Instance').mockImplementation(CountingInstance);

const PASSWORD = 'correct horse';
/** As vitest.config.ts sets it. */
const OURS = { passes: 5, kib: 7168, lanes: 1, type: argon2Types.argon2id };

const signIn = (email: string, password: string) =>
  api('POST /account/sessions/email', { body: { email, password }, headers: { 'x-appwrite-key': null } });

/** A user, however its password is stored: the hash of a right one, or null. */
async function stored(
  hash: string | null,
  columns: { password: string; hash: string; options: string } | null,
) {
  const email = `${freshId('timing')}@example.com`;
  const user = await newUser({ email, ...(hash === null ? {} : { password: hash }) });
  if (columns !== null) {
    const { password, hash: name, options } = columns;
    await rows(
      'UPDATE users SET password = ?, hash = ?, hash_options = ? WHERE id = ?',
      password,
      name,
      options,
      user,
    );
  }
  return { user, email };
}

const MD5 = { password: '3cb4e732631f47e6eb961f34554b7cde', hash: 'md5', options: '{"type":"md5"}' };

const refused: Readonly<Record<string, () => Promise<string>>> = {
  'an unknown address': async () => 'nobody@example.com',
  'a wrong password': async () => (await stored(PASSWORD, null)).email,
  'a user without a password': async () => (await stored(null, null)).email,
  'a wrong password of a blocked user': async () => {
    const { user, email } = await stored(PASSWORD, null);
    await api(`PATCH /users/${user}/status`, { body: { status: false } });
    return email;
  },
  'a wrong password whose hash is imported, and quick': async () => (await stored(null, MD5)).email,
};

test.each(Object.entries(refused))('%s takes the work of one verification', async (_, make) => {
  const email = await make();
  expect(await workOf(() => signIn(email, 'wrong horse'))).toEqual([401, [OURS]]);
});

test('So does a right password, and one whose imported hash is replaced', async () => {
  const { email } = await stored(PASSWORD, null);
  expect(await workOf(() => signIn(email, PASSWORD))).toEqual([201, [OURS]]);
  const imported = await stored(null, MD5);
  expect(await workOf(() => signIn(imported.email, PASSWORD))).toEqual([201, [OURS]]);
});

test('A try too many takes no work, whether or not there is such an account', async () => {
  const { email } = await stored(PASSWORD, null);
  for (const address of [email, 'nobody-at-all@example.com']) {
    for (let n = 0; n < 10; n++) await signIn(address, 'wrong horse');
    expect(await workOf(() => signIn(address, PASSWORD))).toEqual([429, []]);
  }
});

test('A new password of a user that has spent its budget of writes takes no work', async () => {
  const { user } = await stored(PASSWORD, null);
  const { token } = await newSession(user);
  await spendBudget(user);
  const body = { password: 'another horse', oldPassword: PASSWORD };
  const change = () => api('PATCH /account/password', { headers: withSession(token), body });
  expect(await workOf(change)).toEqual([429, []]);
});

test('A hash with other parameters takes its own work, and nothing on top', async () => {
  const { hash } = await hashPassword(PASSWORD, { memoryCost: 19_456, timeCost: 2, threads: 1 });
  const { email } = await stored(null, { password: hash, hash: 'argon2', options: '{}' });
  expect(await workOf(() => signIn(email, 'wrong horse'))).toEqual([
    401,
    [{ ...OURS, passes: 2, kib: 19_456 }],
  ]);
});

/** The status of a sign-in, and the cost of each argon2 that it computed. */
async function workOf(attempt: () => Promise<{ status: number }>) {
  hashes.length = 0;
  const { status } = await attempt();
  return [
    status,
    hashes.map((args) => ({ passes: args[0], kib: args[1], lanes: args[2], type: args.at(-2) })),
  ];
}
