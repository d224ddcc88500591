import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Key } from '../api/models';
import { deleteKey, keysQuery } from '../api/project';
import { useCan } from '../session/session';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { type Column, DataTable } from '../ui/DataTable';
import { Loaded } from '../ui/Loaded';
import { Menu } from '../ui/Menu';
import { Badge, Copyable, Empty, Labels, PageHead, Time } from '../ui/parts';
import { useAction } from '../ui/useAction';
import { KeyForm } from './KeyForm';

const expiry = (expire: string) =>
  expire !== '' && Date.parse(expire) < Date.now() ? <Badge tone="bad">Expired</Badge> : <Time at={expire} />;

const columns: readonly Column<Key>[] = [
  { id: 'name', title: 'Name', cell: ({ name }) => <strong className="clip">{name}</strong> },
  { id: 'id', title: 'ID', cell: ({ $id }) => <Copyable text={$id} /> },
  { id: 'scopes', title: 'Scopes', cell: ({ scopes }) => <Labels labels={scopes} most={2} /> },
  { id: 'used', title: 'Last used', cell: ({ accessedAt }) => <Time at={accessedAt} /> },
  { id: 'sdks', title: 'Used by', cell: ({ sdks }) => <Labels labels={sdks} most={2} /> },
  { id: 'expire', title: 'Expires', cell: ({ expire }) => expiry(expire) },
  { id: 'created', title: 'Created', cell: ({ $createdAt }) => <Time at={$createdAt} /> },
];

type Asked = { readonly what: 'edit' | 'delete'; readonly key: Key } | { readonly what: 'create' } | null;

/** The keys of servers. */
export function KeyList() {
  const canWrite = useCan('keys.write');
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const remove = useAction({
    run: async () => {
      if (asked?.what === 'delete') await deleteKey(asked.key.$id);
    },
    done: () => 'Key deleted',
  });
  const create = canWrite && (
    <Button look="primary" onPress={() => setAsked({ what: 'create' })}>
      <Plus size={15} aria-hidden /> Create key
    </Button>
  );
  const menu: Column<Key> = {
    id: 'menu',
    title: '',
    isEnd: true,
    cell: (key) => (
      <Menu
        label={`Actions for ${key.name}`}
        entries={[
          { label: 'Edit', onAction: () => setAsked({ what: 'edit', key }) },
          { label: 'Delete', isDangerous: true, onAction: () => setAsked({ what: 'delete', key }) },
        ]}
      />
    ),
  };
  return (
    <>
      <PageHead
        title="API keys"
        about="What servers call with. The root key of the deployment is not in this list."
      >
        {create}
      </PageHead>
      <Loaded query={keysQuery}>
        {({ keys }) =>
          keys.length === 0 ? (
            <Empty title="No keys yet">
              <p>Give each of your servers a key of its own, with the scopes that it needs.</p>
              {create}
            </Empty>
          ) : (
            <DataTable
              label="API keys"
              columns={canWrite ? [...columns, menu] : columns}
              rows={keys}
              idOf={({ $id }) => $id}
            />
          )
        }
      </Loaded>
      {(asked?.what === 'create' || asked?.what === 'edit') && (
        <KeyForm known={asked.what === 'edit' ? asked.key : null} onClose={close} />
      )}
      <Confirm
        title={asked?.what === 'delete' ? `Delete ${asked.key.name}?` : 'Delete?'}
        verb="Delete key"
        isOpen={asked?.what === 'delete'}
        action={remove}
        onClose={close}
      >
        Whoever calls with it is refused within a minute. This can't be undone.
      </Confirm>
    </>
  );
}
