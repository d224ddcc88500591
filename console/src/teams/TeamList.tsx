import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Team } from '../api/models';
import { teamsQuery } from '../api/teams';
import { useCan } from '../session/session';
import { Button } from '../ui/Button';
import { type Column, DataTable } from '../ui/DataTable';
import { Pager } from '../ui/Pager';
import { ProblemNote } from '../ui/Problem';
import { Avatar, Copyable, Empty, Loading, PageHead, Time } from '../ui/parts';
import { SearchBox } from '../ui/SearchBox';
import { asProblem } from '../ui/useAction';
import { TeamCreate } from './TeamCreate';

const route = getRouteApi('/teams');
const SIZE = 25;

const columns: readonly Column<Team>[] = [
  {
    id: 'name',
    title: 'Name',
    sort: 'name',
    cell: ({ $id, name }) => (
      <span className="person">
        <Avatar name={name} otherwise={$id} />
        <Link to="/teams/$teamId" params={{ teamId: $id }} search={{}}>
          {name}
        </Link>
      </span>
    ),
  },
  { id: 'id', title: 'ID', cell: ({ $id }) => <Copyable text={$id} /> },
  {
    id: 'members',
    title: 'Members',
    sort: 'members',
    cell: ({ total }) => <span className="nums">{total}</span>,
  },
  { id: 'created', title: 'Created', sort: 'created', cell: ({ $createdAt }) => <Time at={$createdAt} /> },
];

export function TeamList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const canWrite = useCan('teams.write');
  const [isCreating, setCreating] = useState(false);
  const view = { ...search, sort: search.sort ?? '-created', size: SIZE };
  const { data: page, error, isPlaceholderData, refetch } = useQuery(teamsQuery(view));
  const onSearch = useCallback(
    (q: string) => void navigate({ search: ({ sort }) => ({ sort, q: q || undefined }) }),
    [navigate],
  );
  const create = canWrite && (
    <Button look="primary" onPress={() => setCreating(true)}>
      <Plus size={15} aria-hidden /> Create team
    </Button>
  );
  return (
    <>
      <PageHead title="Teams" about="Users who share roles.">
        {create}
      </PageHead>
      <div className="toolbar">
        <SearchBox label="Search teams" value={search.q ?? ''} onChange={onSearch} />
      </div>
      {error && <ProblemNote problem={asProblem(error)} retry={() => void refetch()} />}
      {page === undefined && !error && <Loading lines={6} />}
      {page?.rows.length === 0 && (
        <Empty title={search.q ? 'No team fits' : 'No teams yet'}>
          <p>
            {search.q
              ? 'No team is found by this search.'
              : 'A team gives its members roles, such as owner or editor.'}
          </p>
          {search.q ? <Button onPress={() => void navigate({ search: {} })}>Show all teams</Button> : create}
        </Empty>
      )}
      {page && page.rows.length > 0 && (
        <>
          <DataTable
            label="Teams"
            columns={columns}
            rows={page.rows}
            sort={view.sort}
            isBusy={isPlaceholderData}
            idOf={({ $id }) => $id}
            onSort={(sort) => void navigate({ search: ({ q }) => ({ q, sort }) })}
          />
          <Pager
            page={page}
            noun="team"
            isFiltered={Boolean(search.q)}
            idOf={({ $id }) => $id}
            onMove={(to) => void navigate({ search: ({ q, sort }) => ({ q, sort, ...to }) })}
          />
        </>
      )}
      <TeamCreate isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}
