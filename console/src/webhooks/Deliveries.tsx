import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Delivery } from '../api/models';
import { changesOfWebhook, deliveriesQuery } from '../api/webhooks';
import { Button } from '../ui/Button';
import { type Column, DataTable } from '../ui/DataTable';
import { Pager } from '../ui/Pager';
import { ProblemNote } from '../ui/Problem';
import { Badge, Card, Empty, Loading, Time } from '../ui/parts';
import { asProblem, useAction } from '../ui/useAction';

const route = getRouteApi('/webhooks/$webhookId');

const STATES = { delivered: 'good', failed: 'bad', pending: 'warn' } as const;

const columns: readonly Column<Delivery>[] = [
  { id: 'event', title: 'Event', cell: ({ event }) => <code className="clip">{event}</code> },
  { id: 'state', title: 'State', cell: ({ state }) => <Badge tone={STATES[state]}>{state}</Badge> },
  {
    id: 'status',
    title: 'Answer',
    cell: ({ status, error }) => (
      <span className="clip" title={error}>
        {status > 0 ? status : error || '–'}
      </span>
    ),
  },
  { id: 'tries', title: 'Tries', cell: ({ tries }) => <span className="nums">{tries}</span> },
  {
    id: 'duration',
    title: 'Took',
    cell: ({ duration, triedAt }) => (triedAt === '' ? '–' : <span className="nums">{duration} ms</span>),
  },
  { id: 'tried', title: 'Tried', cell: ({ triedAt }) => <Time at={triedAt} never="Not yet" /> },
  { id: 'next', title: 'Next try', cell: ({ nextTryAt }) => <Time at={nextTryAt} never="–" /> },
];

/** What a webhook was sent, newest first, and what became of it. */
export function Deliveries({ webhookId, canWrite }: { webhookId: string; canWrite: boolean }) {
  const place = route.useSearch();
  const navigate = route.useNavigate();
  const { data: page, error, isPlaceholderData, refetch } = useQuery(deliveriesQuery(webhookId, place));
  const retry = useAction<string>({
    run: (id) => changesOfWebhook(webhookId).retry(id),
    done: () => 'Sent once more',
    isToastedOnRefusal: true,
  });
  const again: Column<Delivery> = {
    id: 'retry',
    title: '',
    isEnd: true,
    cell: ({ $id }) => (
      <Button look="small" onPress={() => void retry.run($id)}>
        Send again
      </Button>
    ),
  };
  return (
    <Card title="Deliveries">
      {error && <ProblemNote problem={asProblem(error)} retry={() => void refetch()} />}
      {page === undefined && !error && <Loading />}
      {page?.rows.length === 0 && (
        <Empty title="Nothing sent yet">
          <p>Send a test, or wait until something happens that this webhook is told of.</p>
        </Empty>
      )}
      {page && page.rows.length > 0 && (
        <>
          <DataTable
            label="Table of deliveries"
            columns={canWrite ? [...columns, again] : columns}
            rows={page.rows}
            isBusy={isPlaceholderData}
            idOf={({ $id }) => $id}
          />
          <Pager
            page={page}
            noun="event"
            idOf={({ $id }) => $id}
            onMove={(search) => void navigate({ search })}
          />
        </>
      )}
    </Card>
  );
}
