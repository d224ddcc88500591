/*
 * An app's own Worker, whose users sign in at edge-users: it checks their sessions over a service binding.
 */
import type { UserDirectory, VerifiedSession } from 'edge-users';

interface ConsumerEnv {
  readonly USERS: UserDirectory;
  readonly USERS_PROJECT_ID: string;
}

type Handle = (session: VerifiedSession, env: ConsumerEnv, request: Request) => Promise<Response>;

const routes: Readonly<Record<string, Handle>> = {
  /** A page for people who are signed in. The check reads KV: a session that was revoked a minute ago is refused. */
  'GET /hello': async ({ userId }, { USERS }) => {
    const user = await USERS.getUser(userId);
    return Response.json({ hello: user?.name ?? '', prefs: user?.prefs ?? {} });
  },

  /** Something that must not happen for a session revoked a second ago: it asks again, and D1 answers. */
  'POST /transfer': async ({ userId }, { USERS, USERS_PROJECT_ID }, request) => {
    const session = await USERS.verifySession(tokenOf(request, USERS_PROJECT_ID), { fresh: true });
    return session === null ? signedOut() : Response.json({ from: userId });
  },

  /** Signs out. */
  'POST /goodbye': async ({ sessionId }, { USERS }) =>
    Response.json({ revoked: await USERS.revokeSession(sessionId) }),
};

export default {
  async fetch(request, env) {
    const handle = routes[`${request.method} ${new URL(request.url).pathname}`];
    if (handle === undefined) return Response.json({ message: 'Not found' }, { status: 404 });
    if (isForeign(request)) return Response.json({ message: 'Foreign origin' }, { status: 403 });
    try {
      const session = await env.USERS.verifySession(tokenOf(request, env.USERS_PROJECT_ID));
      return session === null ? signedOut() : await handle(session, env, request);
    } catch {
      // The directory could not tell: that is neither a yes nor a no.
      return Response.json({ message: 'Try again' }, { status: 503, headers: { 'Retry-After': '1' } });
    }
  },
} satisfies ExportedHandler<ConsumerEnv>;

/**
 * Whether a page of another origin asks for a change. A browser sends the session's cookie along with whatever any page
 * asks (it is SameSite=None, for apps on another site than the API), so each Worker that takes it has to look.
 */
function isForeign(request: Request): boolean {
  const origin = request.headers.get('origin');
  return request.method !== 'GET' && origin !== null && origin !== new URL(request.url).origin;
}

/** The session's token: a browser sends it in the cookie, an app of its own kind in a header. */
function tokenOf(request: Request, projectId: string): string | null {
  const cookies = (request.headers.get('cookie') ?? '').split(/; */);
  // The first over HTTPS; the second in development, and of those who signed in before there was the first.
  for (const prefix of [`__Host-a_session_${projectId}=`, `a_session_${projectId}=`]) {
    const cookie = cookies.find((one) => one.startsWith(prefix));
    if (cookie !== undefined) return cookie.slice(prefix.length);
  }
  return request.headers.get('x-appwrite-session');
}

const signedOut = () => Response.json({ message: 'Please sign in' }, { status: 401 });
