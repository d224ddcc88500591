import { useSyncExternalStore } from 'react';
import * as v from 'valibot';
import type { Scope } from '../../../src/request/scopes';
import { showKey, whenKeyEnds } from '../api/client';

/** Who is signed in: an ephemeral key, and what it may do. The key that was pasted is not kept. */
const sessionSchema = v.object({
  secret: v.string(),
  scopes: v.array(v.string()),
  /** ISO 8601 */
  expire: v.string(),
  person: v.string(),
});
export type Session = v.InferOutput<typeof sessionSchema>;

interface State {
  readonly session: Session | null;
  /** Whether the key ended while somebody worked: the page stays, and asks for another one. */
  readonly hasEnded: boolean;
}

/** Where a session is kept if its person wants that: as long as the tab. */
const STORED = 'edge-users.session';

let state: State = { session: null, hasEnded: false };
const listeners = new Set<() => void>();

function setState(next: State): void {
  state = next;
  showKey(next.session?.secret ?? null);
  for (const listener of listeners) listener();
}

/** @param isKept whether the tab keeps it over a reload */
export function signIn(session: Session, isKept: boolean): void {
  if (isKept) sessionStorage.setItem(STORED, JSON.stringify(session));
  else sessionStorage.removeItem(STORED);
  setState({ session, hasEnded: false });
}

export function signOut(): void {
  sessionStorage.removeItem(STORED);
  setState({ session: null, hasEnded: false });
}

/** Takes up what the tab kept, or what an address hands over behind its `#`, which is taken out of it at once. */
export function resume(): void {
  whenKeyEnds(() => {
    if (state.session !== null) setState({ ...state, hasEnded: true });
  });
  const handed = new URLSearchParams(location.hash.slice(1)).get('key');
  if (handed !== null) history.replaceState(null, '', location.pathname + location.search);
  const given = handed === null ? null : readClaims(handed);
  if (given !== null) {
    signIn(given, true);
    return;
  }
  const kept = v.safeParse(v.pipe(v.string(), v.parseJson(), sessionSchema), sessionStorage.getItem(STORED));
  if (kept.success && Date.parse(kept.output.expire) > Date.now())
    setState({ session: kept.output, hasEnded: false });
  else sessionStorage.removeItem(STORED);
}

const claimsSchema = v.object({ scopes: v.array(v.string()), exp: v.number(), person: v.string() });

/** What an ephemeral key says of itself; the API checks it, we only show it. */
function readClaims(secret: string): Session | null {
  const [, payload = ''] = secret.split('.');
  const bytes = v.safeParse(
    v.pipe(v.string(), v.base64()),
    payload
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .padEnd(Math.ceil(payload.length / 4) * 4, '='),
  );
  if (!bytes.success) return null;
  const text = new TextDecoder().decode(Uint8Array.from(atob(bytes.output), (char) => char.charCodeAt(0)));
  const claims = v.safeParse(v.pipe(v.string(), v.parseJson(), claimsSchema), text);
  if (!claims.success) return null;
  const { scopes, exp, person } = claims.output;
  return { secret, scopes, expire: new Date(exp * 1000).toISOString(), person };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSession = () => useSyncExternalStore(subscribe, () => state);

/** Whether who is signed in may do what one of these scopes allows. */
export function useCan(...scopes: Scope[]): boolean {
  const { session } = useSession();
  return scopes.some((scope) => session?.scopes.includes(scope) === true);
}
