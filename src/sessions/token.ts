/**
 * What a client holds of a session: base64 of `{"id": <user>, "secret": <secret>}`, as Appwrite's SDKs send it in
 * `X-Appwrite-Session` and in the cookie.
 */
export function sessionToken(userId: string, secret: string): string {
  return btoa(JSON.stringify({ id: userId, secret }));
}
