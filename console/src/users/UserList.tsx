import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Columns3, Plus, Upload } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { User } from '../api/models';
import { usersQuery } from '../api/users';
import { useCan } from '../session/session';
import { Button } from '../ui/Button';
import { DataTable } from '../ui/DataTable';
import { Check } from '../ui/Form';
import { Pager } from '../ui/Pager';
import { Pane } from '../ui/Pane';
import { ProblemNote } from '../ui/Problem';
import { Empty, Loading, PageHead } from '../ui/parts';
import { SearchBox } from '../ui/SearchBox';
import { asProblem } from '../ui/useAction';
import { ActiveFilters } from './ActiveFilters';
import { userColumns } from './columns';
import { UserBulkBar } from './UserBulkBar';
import { UserCreate } from './UserCreate';
import { UserExport } from './UserExport';
import { UserFilters } from './UserFilters';
import { UserImport } from './UserImport';
import { isFiltered, type UsersSearch, viewOf } from './view';

const route = getRouteApi('/users');
const idOf = (user: User) => user.$id;

export function UserList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const canWrite = useCan('users.write');
  const [dialog, setDialog] = useState<'create' | 'import' | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const { data: page, error, isPlaceholderData, refetch } = useQuery(usersQuery(viewOf(search)));

  /** A changed view begins at its first page. */
  const change = useCallback(
    (changes: Partial<UsersSearch>) => {
      setPicked(new Set());
      void navigate({ search: (before) => ({ ...before, after: undefined, before: undefined, ...changes }) });
    },
    [navigate],
  );
  const onSearch = useCallback((q: string) => change({ q: q || undefined }), [change]);
  // What is picked can be seen: not on another page.
  const place = `${search.after ?? ''} ${search.before ?? ''}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what it follows.
  useEffect(() => setPicked(new Set()), [place]);

  const hidden = (search.hide ?? '').split(',');
  const rows = page?.rows ?? [];
  return (
    <>
      <PageHead title="Users" about="Everybody who has an account.">
        {canWrite && (
          <>
            <Button onPress={() => setDialog('import')}>
              <Upload size={15} aria-hidden /> Import
            </Button>
            <Button look="primary" onPress={() => setDialog('create')}>
              <Plus size={15} aria-hidden /> Create user
            </Button>
          </>
        )}
      </PageHead>
      <div className="toolbar">
        <SearchBox
          label="Search by name, e-mail, phone, ID or label"
          value={search.q ?? ''}
          onChange={onSearch}
        />
        <UserFilters search={search} onChange={change} />
        <span className="gap" />
        <UserExport view={viewOf(search)} />
        <Pane
          label="Columns"
          isNarrow
          button={
            <>
              <Columns3 size={15} aria-hidden /> Columns
            </>
          }
        >
          {userColumns.slice(1).map(({ id, title }) => (
            <Check
              key={id}
              label={title}
              isOn={!hidden.includes(id)}
              onChange={(isOn) => {
                const next = userColumns
                  .map((column) => column.id)
                  .filter((one) => (one === id ? !isOn : hidden.includes(one)));
                void navigate({ search: (before) => ({ ...before, hide: next.join(',') || undefined }) });
              }}
            />
          ))}
        </Pane>
      </div>
      <ActiveFilters search={search} onChange={change} />
      {error && <ProblemNote problem={asProblem(error)} retry={() => void refetch()} />}
      {page === undefined && !error && <Loading lines={8} />}
      {page && rows.length === 0 && (
        <NoUsers
          isFiltered={isFiltered(search)}
          onClear={() => void navigate({ search: {} })}
          canWrite={canWrite}
          onCreate={() => setDialog('create')}
        />
      )}
      {page && rows.length > 0 && (
        <>
          <DataTable
            label="Users"
            columns={userColumns}
            rows={rows}
            hidden={hidden}
            sort={search.sort ?? '-joined'}
            isBusy={isPlaceholderData}
            selection={canWrite ? { picked, set: setPicked } : undefined}
            idOf={idOf}
            nameOf={(user) => user.name || user.$id}
            onSort={(sort) => change({ sort })}
          />
          <UserBulkBar
            users={rows.filter((user) => picked.has(user.$id))}
            onDone={() => setPicked(new Set())}
          />
          <Pager
            page={page}
            noun="user"
            isFiltered={isFiltered(search)}
            size={search.size ?? 25}
            idOf={idOf}
            onMove={(to) =>
              void navigate({
                search: (before) => ({ ...before, after: undefined, before: undefined, ...to }),
              })
            }
            onResize={(size) => change({ size: size === 50 || size === 100 ? size : undefined })}
          />
        </>
      )}
      <UserCreate isOpen={dialog === 'create'} onClose={() => setDialog(null)} />
      <UserImport isOpen={dialog === 'import'} onClose={() => setDialog(null)} />
    </>
  );
}

interface NoUsersProps {
  readonly isFiltered: boolean;
  readonly canWrite: boolean;
  onClear(): void;
  onCreate(): void;
}

/** Nobody yet is another thing than nobody who fits. */
function NoUsers({ isFiltered: hasFilters, canWrite, onClear, onCreate }: NoUsersProps) {
  if (hasFilters)
    return (
      <Empty title="No user fits">
        <p>Nobody is found by this search and these filters.</p>
        <Button onPress={onClear}>Show all users</Button>
      </Empty>
    );
  return (
    <Empty title="No users yet">
      <p>Users appear here when they sign up, or when you create or import them.</p>
      {canWrite && (
        <Button look="primary" onPress={onCreate}>
          Create the first user
        </Button>
      )}
    </Empty>
  );
}
