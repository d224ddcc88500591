import { Link } from '@tanstack/react-router';
import type { User } from '../api/models';
import type { Column } from '../ui/DataTable';
import { Avatar, Copyable, Labels, StatusBadge, Time, Verified } from '../ui/parts';

const reach = (text: string, isVerified: boolean, what: string) =>
  text === '' ? (
    <span className="muted">–</span>
  ) : (
    <span className="person">
      <span className="clip" title={text}>
        {text}
      </span>
      {isVerified && <Verified what={what} />}
    </span>
  );

/** The columns of the users table; all but the name can be hidden. */
export const userColumns: readonly Column<User>[] = [
  {
    id: 'name',
    title: 'Name',
    sort: 'name',
    cell: (user) => (
      <span className="person">
        <Avatar name={user.name} otherwise={user.email || user.$id} />
        <Link to="/users/$userId" params={{ userId: user.$id }}>
          {user.name || user.email || user.phone || user.$id}
        </Link>
      </span>
    ),
  },
  {
    id: 'email',
    title: 'E-mail',
    sort: 'email',
    cell: (user) => reach(user.email, user.emailVerification, 'E-mail'),
  },
  { id: 'phone', title: 'Phone', cell: (user) => reach(user.phone, user.phoneVerification, 'Phone') },
  { id: 'status', title: 'Status', cell: (user) => <StatusBadge isActive={user.status} /> },
  { id: 'labels', title: 'Labels', cell: (user) => <Labels labels={user.labels} most={2} /> },
  { id: 'active', title: 'Last activity', sort: 'active', cell: (user) => <Time at={user.accessedAt} /> },
  { id: 'joined', title: 'Joined', sort: 'joined', cell: (user) => <Time at={user.$createdAt} /> },
  { id: 'id', title: 'ID', cell: (user) => <Copyable text={user.$id} /> },
];
