import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { UNSAFE_PortalProvider } from 'react-aria/PortalProvider';
import { Ended } from '../session/Ended';
import { SignIn } from '../session/SignIn';
import { useSession } from '../session/session';
import { Toasts } from '../ui/Toasts';
import { Shortcuts } from './Shortcuts';
import { Side } from './Side';

/** The frame of every screen: the door, until somebody is signed in. */
export function Root() {
  const { session } = useSession();
  const queries = useQueryClient();
  const secret = session?.secret;
  const shown = useRef(secret);
  const overlays = useRef<HTMLElement>(null);
  useEffect(() => {
    if (shown.current === secret) return;
    shown.current = secret;
    // What one key could see, another one may not.
    if (secret === undefined) queries.clear();
    else void queries.invalidateQueries();
  }, [secret, queries]);
  if (session === null) return <SignIn />;
  return (
    <UNSAFE_PortalProvider getContainer={() => overlays.current}>
      <div className="shell">
        <a className="skip" href="#main">
          Skip to content
        </a>
        <Side session={session} />
        <main className="main" id="main" tabIndex={-1}>
          <div className="page">
            <Outlet />
          </div>
        </main>
        <Title />
        <Shortcuts />
        <Ended />
      </div>
      {/* A landmark for what opens over the page, so that one finds it among them. */}
      <section aria-label="Open panes" ref={overlays} />
      <Toasts />
    </UNSAFE_PortalProvider>
  );
}

/** The tab is called what the screen is called. */
function Title() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => {
    const [, section = 'users', id] = path.split('/').filter(Boolean);
    const name = section[0]?.toUpperCase() + section.slice(1);
    document.title = `${id === undefined ? name : `${decodeURIComponent(id)} · ${name}`} · edge-users`;
  }, [path]);
  return null;
}
