import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { activityQuery } from '../api/activity';
import type { ActivityEvent } from '../api/models';
import { Button } from '../ui/Button';
import { type Column, DataTable } from '../ui/DataTable';
import { Check } from '../ui/Form';
import { Pager } from '../ui/Pager';
import { ProblemNote } from '../ui/Problem';
import { Badge, Copyable, Empty, Loading, PageHead, Time } from '../ui/parts';
import { describeEvent } from '../ui/Timeline';
import { asProblem } from '../ui/useAction';
import { ActivityFilters } from './ActivityFilters';

const route = getRouteApi('/activity');

const toneOf = (event: string) =>
  /\.(delete|fail)/.test(event) ? 'bad' : event.includes('.create') ? 'good' : 'accent';

/** What it was about, with the way there where there is a screen of it. */
function Resource({ event: { resourceType, resourceId, resourceParent } }: { event: ActivityEvent }) {
  const [parent, parentId] = resourceParent.split('/');
  const [type, id] = parent === 'user' && parentId ? [parent, parentId] : [resourceType, resourceId];
  if (id === '') return <span className="muted">–</span>;
  if (type === 'user')
    return (
      <Link to="/users/$userId" params={{ userId: id }} className="clip">
        {type} {id}
      </Link>
    );
  if (type === 'team')
    return (
      <Link to="/teams/$teamId" params={{ teamId: id }} search={{}} className="clip">
        {type} {id}
      </Link>
    );
  return <Copyable text={id} />;
}

const columns: readonly Column<ActivityEvent>[] = [
  {
    id: 'event',
    title: 'What',
    cell: ({ event }) => <Badge tone={toneOf(event)}>{describeEvent(event)}</Badge>,
  },
  { id: 'resource', title: 'About', cell: (event) => <Resource event={event} /> },
  {
    id: 'actor',
    title: 'By',
    cell: ({ actorType, actorName, actorId, actorEmail }) => (
      <span className="clip" title={actorId}>
        <span className="muted">{actorType}</span> {actorName || actorEmail || actorId}
      </span>
    ),
  },
  {
    id: 'ip',
    title: 'From',
    cell: ({ ip, country }) => [country, ip].filter(Boolean).join(' · ') || <span className="muted">–</span>,
  },
  { id: 'time', title: 'When', cell: ({ time }) => <Time at={time} /> },
];

/** What happens in the whole directory, as it happens. */
export function ActivityFeed() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isFirst = search.after === undefined && search.before === undefined;
  const [isLive, setLive] = useState(true);
  const {
    data: page,
    error,
    isPlaceholderData,
    refetch,
  } = useQuery(activityQuery(search, isLive && isFirst));
  const { after, before, ...filters } = search;
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <>
      <PageHead title="Activity" about="Everything that happens in the directory, newest first.">
        <Check label="Live" isOn={isLive && isFirst} isDisabled={!isFirst} onChange={setLive} />
      </PageHead>
      <ActivityFilters search={filters} onChange={(next) => void navigate({ search: next })} />
      {error && <ProblemNote problem={asProblem(error)} retry={() => void refetch()} />}
      {page === undefined && !error && <Loading lines={8} />}
      {page?.rows.length === 0 && (
        <Empty title={isFiltered ? 'No event fits' : 'Nothing has happened yet'}>
          <p>
            {isFiltered
              ? 'Nothing is found by these filters.'
              : 'Changes, sign-ins and failed tries appear here.'}
          </p>
          {isFiltered && <Button onPress={() => void navigate({ search: {} })}>Show everything</Button>}
        </Empty>
      )}
      {page && page.rows.length > 0 && (
        <>
          <DataTable
            label="Events"
            columns={columns}
            rows={page.rows}
            isBusy={isPlaceholderData}
            idOf={({ $id }) => $id}
          />
          <Pager
            page={page}
            noun="event"
            isFiltered={isFiltered}
            idOf={({ $id }) => $id}
            onMove={(to) => void navigate({ search: { ...filters, ...to } })}
          />
        </>
      )}
    </>
  );
}
