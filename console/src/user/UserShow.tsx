import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { userQuery } from '../api/users';
import { useCan } from '../session/session';
import { ProblemNote } from '../ui/Problem';
import { Avatar, Copyable, Loading, StatusBadge } from '../ui/parts';
import { asProblem } from '../ui/useAction';
import { BlockButton } from './BlockButton';

const route = getRouteApi('/users/$userId');

const TABS = [
  ['/users/$userId', 'Overview'],
  ['/users/$userId/sessions', 'Sessions'],
  ['/users/$userId/activity', 'Activity'],
  ['/users/$userId/memberships', 'Memberships'],
  ['/users/$userId/targets', 'Targets'],
  ['/users/$userId/identities', 'Identities'],
  ['/users/$userId/json', 'JSON'],
] as const;

/** One user: who it is, and the way to all that is its own. */
export function UserShow() {
  const { userId } = route.useParams();
  const { data: user, error, refetch } = useQuery(userQuery(userId));
  const canWrite = useCan('users.write');
  const back = (
    <Link to="/users" search={{}} className="muted">
      ← All users
    </Link>
  );
  if (user === undefined)
    return (
      <>
        {back}
        {error ? (
          <ProblemNote problem={asProblem(error)} retry={() => void refetch()} />
        ) : (
          <Loading lines={6} />
        )}
      </>
    );
  return (
    <>
      {back}
      <header className="page-head">
        <div className="actions">
          <Avatar name={user.name} otherwise={user.email || user.$id} isLarge />
          <div>
            <h1>{user.name || user.email || user.phone || 'No name'}</h1>
            <div className="actions">
              <Copyable text={user.$id} />
              <StatusBadge isActive={user.status} />
            </div>
          </div>
        </div>
        {canWrite && <BlockButton user={user} />}
      </header>
      <nav className="tabs" aria-label="User">
        {TABS.map(([to, title]) => (
          <Link
            key={to}
            to={to}
            params={{ userId }}
            search={{}}
            activeOptions={{ exact: true, includeSearch: false }}
          >
            {title}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
