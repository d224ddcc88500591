import { Link } from '@tanstack/react-router';
import { Activity, ChartSpline, KeyRound, LogOut, Settings, Users, UsersRound, Webhook } from 'lucide-react';
import icon from '../icon.svg';
import { exact } from '../lib/time';
import { type Session, signOut, useCan } from '../session/session';
import { Button } from '../ui/Button';
import { SCREENS } from './screens';
import { ThemeSwitch } from './ThemeSwitch';

const ICONS = {
  users: Users,
  teams: UsersRound,
  activity: Activity,
  usage: ChartSpline,
  keys: KeyRound,
  webhooks: Webhook,
  settings: Settings,
} as const;

/** The way to all screens that the key lets one see, and who is signed in. */
export function Side({ session }: { session: Session }) {
  return (
    <header className="side">
      <div className="brand">
        <img src={icon} alt="" /> <span>edge-users</span>
      </div>
      <nav className="nav" aria-label="Main">
        {SCREENS.map((screen) => (
          <Entry key={screen.to} {...screen} />
        ))}
      </nav>
      <div className="who">
        <div className="about">
          <strong>{session.person || 'Signed in'}</strong>
          <span title={exact(session.expire)}>
            Key ends {new Date(session.expire).toLocaleTimeString([], { timeStyle: 'short' })}
          </span>
        </div>
        <div className="row">
          <ThemeSwitch />
          <Button look="quiet icon small" aria-label="Sign out" onPress={signOut}>
            <LogOut size={15} aria-hidden />
          </Button>
        </div>
      </div>
    </header>
  );
}

function Entry({ to, title, icon: name, scopes }: (typeof SCREENS)[number]) {
  const isAllowed = useCan(...scopes);
  const Icon = ICONS[name];
  if (!isAllowed) return null;
  return (
    <Link to={to} search={{}}>
      <Icon size={16} aria-hidden />
      {title}
    </Link>
  );
}
