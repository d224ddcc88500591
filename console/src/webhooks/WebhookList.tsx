import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Webhook } from '../api/models';
import { webhooksQuery } from '../api/webhooks';
import { useCan } from '../session/session';
import { Button } from '../ui/Button';
import { type Column, DataTable } from '../ui/DataTable';
import { Loaded } from '../ui/Loaded';
import { Badge, Empty, Labels, PageHead, Time } from '../ui/parts';
import { WebhookForm } from './WebhookForm';

export function WebhookState({ webhook: { enabled, attempts } }: { webhook: Webhook }) {
  if (!enabled) return <Badge tone="bad">Off</Badge>;
  return attempts > 0 ? <Badge tone="warn">{attempts} failures</Badge> : <Badge tone="good">On</Badge>;
}

const columns: readonly Column<Webhook>[] = [
  {
    id: 'name',
    title: 'Name',
    cell: ({ $id, name }) => (
      <span className="person">
        <Link to="/webhooks/$webhookId" params={{ webhookId: $id }} search={{}}>
          {name}
        </Link>
      </span>
    ),
  },
  { id: 'url', title: 'Address', cell: ({ url }) => <code className="clip">{url}</code> },
  { id: 'events', title: 'Events', cell: ({ events }) => <Labels labels={events} most={2} /> },
  { id: 'state', title: 'State', cell: (webhook) => <WebhookState webhook={webhook} /> },
  { id: 'created', title: 'Created', cell: ({ $createdAt }) => <Time at={$createdAt} /> },
];

/** Who is told of what happens. */
export function WebhookList() {
  const canWrite = useCan('webhooks.write');
  const [isCreating, setCreating] = useState(false);
  const create = canWrite && (
    <Button look="primary" onPress={() => setCreating(true)}>
      <Plus size={15} aria-hidden /> Create webhook
    </Button>
  );
  return (
    <>
      <PageHead title="Webhooks" about="Servers of yours that are told of what happens.">
        {create}
      </PageHead>
      <Loaded query={webhooksQuery}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <Empty title="No webhooks yet">
              <p>
                A webhook sends each event that you choose to an address of yours, signed, and again until it
                arrives.
              </p>
              {create}
            </Empty>
          ) : (
            <DataTable label="Webhooks" columns={columns} rows={webhooks} idOf={({ $id }) => $id} />
          )
        }
      </Loaded>
      {isCreating && <WebhookForm known={null} onClose={() => setCreating(false)} />}
    </>
  );
}
