import { describe, expect, test } from 'vitest';
import { knownHashes } from '../passwords/fixtures';
import { api } from '../support/api';
import { freshId } from '../support/given';
import { importBody, importRoute, knownHash } from '../support/imports';
import { row } from '../support/rows';

const someone = () => {
  const userId = freshId('import');
  return { userId, email: `${userId}@example.com` };
};

const signIn = (email: string, password: string) =>
  api('POST /account/sessions/email', { body: { email, password }, headers: { 'x-appwrite-key': null } });

describe('A user with an imported hash', () => {
  const typed = knownHashes.filter(({ plain }) => plain !== '');

  test.each(typed)(
    'of $origin ($algorithm) signs in with its password alone, and gets a hash of ours',
    async (known) => {
      const { userId, email } = someone();
      const body = { userId, email, ...importBody(known) };
      expect((await api(importRoute(known.algorithm), { body })).status).toBe(201);
      expect((await signIn(email, `x${known.plain}`)).status).toBe(401);
      expect((await signIn(email, known.plain)).status).toBe(201);
      const { password, hash } = await row('SELECT password, hash FROM users WHERE id = ?', userId);
      expect([hash, String(password)]).toEqual([
        'argon2',
        expect.stringMatching(/^\$argon2id\$v=19\$m=7168,t=5,p=1\$/),
      ]);
      expect((await signIn(email, known.plain)).status).toBe(201);
    },
  );

  test('signs in several times at once: a hash that is replaced meanwhile is still its password', async () => {
    const { userId, email } = someone();
    const known = knownHash('bcrypt');
    await api('POST /users/bcrypt', { body: { userId, email, ...importBody(known) } });
    const answers = await Promise.all(Array.from({ length: 4 }, () => signIn(email, known.plain)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await api(`GET /users/${userId}/sessions`)).body.total).toBe(4);
  });
});
