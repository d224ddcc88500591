import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Membership } from '../api/models';
import { changesOfTeam, membersQuery } from '../api/teams';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { type Column, DataTable } from '../ui/DataTable';
import { Menu } from '../ui/Menu';
import { Pager } from '../ui/Pager';
import { ProblemNote } from '../ui/Problem';
import { Badge, Card, Empty, Labels, Loading, Time } from '../ui/parts';
import { asProblem, useAction } from '../ui/useAction';
import { MemberForm } from './MemberForm';

const route = getRouteApi('/teams/$teamId');
const SIZE = 25;

const columns: readonly Column<Membership>[] = [
  {
    id: 'user',
    title: 'User',
    cell: ({ userId, userName, userEmail }) => (
      <span className="person">
        <Link to="/users/$userId" params={{ userId }}>
          {userName || userEmail || userId}
        </Link>
      </span>
    ),
  },
  { id: 'email', title: 'E-mail', cell: ({ userEmail }) => userEmail || <span className="muted">–</span> },
  { id: 'roles', title: 'Roles', cell: ({ roles }) => <Labels labels={roles} /> },
  {
    id: 'state',
    title: 'State',
    cell: ({ confirm }) => (confirm ? <Badge tone="good">Member</Badge> : <Badge tone="warn">Invited</Badge>),
  },
  { id: 'joined', title: 'Joined', cell: ({ joined }) => <Time at={joined} never="Not yet" /> },
];

type Asked =
  | { readonly what: 'roles' | 'remove'; readonly member: Membership }
  | { readonly what: 'add' }
  | null;

/** The members of a team, with their roles. */
export function Members({ teamId, canWrite }: { teamId: string; canWrite: boolean }) {
  const place = route.useSearch();
  const navigate = route.useNavigate();
  const [asked, setAsked] = useState<Asked>(null);
  const { data: page, error, isPlaceholderData, refetch } = useQuery(membersQuery(teamId, place, SIZE));
  const close = () => setAsked(null);
  const remove = useAction({
    run: async () => {
      if (asked?.what === 'remove') await changesOfTeam(teamId).removeMember(asked.member.$id);
    },
    done: () => 'Member removed',
  });
  const menu: Column<Membership> = {
    id: 'menu',
    title: '',
    isEnd: true,
    cell: (member) => (
      <Menu
        label={`Actions for ${member.userName || member.userId}`}
        entries={[
          { label: 'Change roles', onAction: () => setAsked({ what: 'roles', member }) },
          {
            label: 'Remove from team',
            isDangerous: true,
            onAction: () => setAsked({ what: 'remove', member }),
          },
        ]}
      />
    ),
  };
  return (
    <Card
      title="Members"
      actions={
        canWrite && (
          <Button look="small" onPress={() => setAsked({ what: 'add' })}>
            Add member
          </Button>
        )
      }
    >
      {error && <ProblemNote problem={asProblem(error)} retry={() => void refetch()} />}
      {page === undefined && !error && <Loading />}
      {page?.rows.length === 0 && (
        <Empty title="No members yet">
          <p>Add users by their ID, and give them roles.</p>
        </Empty>
      )}
      {page && page.rows.length > 0 && (
        <>
          <DataTable
            label="Table of members"
            columns={canWrite ? [...columns, menu] : columns}
            rows={page.rows}
            isBusy={isPlaceholderData}
            idOf={({ $id }) => $id}
          />
          <Pager
            page={page}
            noun="membership"
            isFiltered
            idOf={({ $id }) => $id}
            onMove={(search) => void navigate({ search })}
          />
        </>
      )}
      <MemberForm
        key={asked?.what === 'roles' ? asked.member.$id : asked?.what}
        teamId={teamId}
        member={asked?.what === 'roles' ? asked.member : null}
        isOpen={asked?.what === 'roles' || asked?.what === 'add'}
        onClose={close}
      />
      <Confirm
        title="Remove this member?"
        verb="Remove member"
        isOpen={asked?.what === 'remove'}
        action={remove}
        onClose={close}
      >
        The user stays, and loses the roles of this team at once.
      </Confirm>
    </Card>
  );
}
