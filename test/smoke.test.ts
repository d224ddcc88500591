import { SELF } from 'cloudflare:test';
import { it } from 'vitest';
const call = async (method: string, path: string, body?: unknown, headers: Record<string,string> = {}) => {
  const r = await SELF.fetch('http://x/v1' + path, { method, headers: { 'x-appwrite-key': 'root-key-of-the-tests', 'content-type': 'application/json', ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const t = await r.text(); console.log(method, path, r.status, t.slice(0, 700)); return t ? JSON.parse(t) : t; };
it('smokes', async () => {
  await call('POST', '/users', { userId: 'bob', email: 'Bob@x.yz', password: 'longenough', name: 'Bob', phone: '+4912345678' });
  await call('POST', '/users', { userId: 'unique()', email: 'bob@x.yz' });
  await call('POST', '/users', { email: 'bob@x.yz' });
  await call('GET', '/users/bob', undefined, { 'x-appwrite-response-format': '0.15.0' });
  await call('GET', '/users/bobx');
  await call('PATCH', '/users/bob/email', { email: '' });
  await call('PATCH', '/users/bob/prefs', { prefs: { a: [1, { b: {} }], c: '😀' } });
  await call('PATCH', '/users/bob/prefs', { prefs: { a: [1, { constructor: {} }], c: '😀' } });
  const s = await call('POST', '/users/bob/sessions', {});
  await call('GET', '/users/bob/sessions');
  await call('DELETE', '/users/bob/sessions/' + s.$id, {});
  await call('DELETE', '/users/bob/sessions/' + s.$id, {});
  await call('POST', '/users/bob/sessions', {});
  await call('PATCH', '/users/bob/status', { status: 'false' });
  await call('POST', '/users/bob/sessions', {});
  await call('GET', '/users/usage?range=24h');
  await call('POST', '/project/keys', { keyId: 'k', name: 'n', scopes: ['users.read'] });
  await call('GET', '/health'); await call('GET', '/health/version'); await call('GET', '');
  await call('PUT', '/users/bob'); await call('GET', '/nope');
  await call('DELETE', '/users/bob', {});
  await call('GET', '/openapi.json');
});
