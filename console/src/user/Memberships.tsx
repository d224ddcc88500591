import { Link } from '@tanstack/react-router';
import type { Membership } from '../api/models';
import { userMembershipsQuery } from '../api/users';
import { type Column, DataTable } from '../ui/DataTable';
import { Loaded } from '../ui/Loaded';
import { Badge, Card, Copyable, Empty, Labels, Time } from '../ui/parts';
import { useUserId } from './useUser';

const columns: Column<Membership>[] = [
  {
    id: 'team',
    title: 'Team',
    cell: ({ teamId, teamName }) => (
      <span className="person">
        <Link to="/teams/$teamId" params={{ teamId }} search={{}}>
          {teamName}
        </Link>
      </span>
    ),
  },
  { id: 'id', title: 'Team ID', cell: ({ teamId }) => <Copyable text={teamId} /> },
  { id: 'roles', title: 'Roles', cell: ({ roles }) => <Labels labels={roles} /> },
  {
    id: 'state',
    title: 'State',
    cell: ({ confirm }) => (confirm ? <Badge tone="good">Member</Badge> : <Badge tone="warn">Invited</Badge>),
  },
  { id: 'joined', title: 'Joined', cell: ({ joined }) => <Time at={joined} never="Not yet" /> },
];

/** The teams that a user is in. */
export function Memberships() {
  return (
    <Loaded query={userMembershipsQuery(useUserId())}>
      {({ memberships }) =>
        memberships.length === 0 ? (
          <Card title="Memberships">
            <Empty title="In no team">
              <p>Add the user as a member on the screen of a team.</p>
            </Empty>
          </Card>
        ) : (
          <DataTable label="Memberships" columns={columns} rows={memberships} idOf={({ $id }) => $id} />
        )
      }
    </Loaded>
  );
}
