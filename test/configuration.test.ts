import { expect, test } from 'vitest';
import { api } from './support/api';
import { expectError } from './support/expect';
import { newKey } from './support/given';

test('GET /project/configuration tells every variable that is in force, and no secret', async () => {
  const env = { SESSION_LIMIT: '3', ALLOWED_ORIGINS: 'https://app.example.com', CONSOLE: 'true' };
  const { status, body, text } = await api('GET /project/configuration', { env });
  expect(status).toBe(200);
  expect(body.variables).toEqual(
    expect.arrayContaining([
      { name: 'SESSION_LIMIT', value: '3', isSet: true },
      { name: 'ALLOWED_ORIGINS', value: 'https://app.example.com', isSet: true },
      { name: 'SESSION_DURATION', value: '31536000', isSet: false },
      { name: 'PASSWORD_ARGON2', value: 'm=7168,t=5,p=1', isSet: true },
      { name: 'PROJECT_ID', value: 'default', isSet: true },
    ]),
  );
  const names = body.variables.map(({ name }: { name: string }) => name);
  expect(names).not.toContain('ROOT_API_KEY');
  expect(names).not.toContain('ENCRYPTION_KEY');
  expect(text).not.toContain('-of-the-tests-');
  expect(body.limits).toContainEqual({ name: 'page', value: 5000, unit: 'rows' });
});

test('GET /project/configuration takes the scope project.read', async () => {
  const { secret } = await newKey(['users.read', 'keys.read']);
  const headers = { 'x-appwrite-key': secret };
  const message = /missing scopes \(\["project\.read"\]\)/;
  expectError(await api('GET /project/configuration', { headers }), 'general_unauthorized_scope', {
    message,
  });
});
