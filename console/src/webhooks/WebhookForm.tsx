import { useState } from 'react';
import type { Webhook } from '../api/models';
import { changesOfWebhook, createWebhook } from '../api/webhooks';
import { listed } from '../lib/text';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Check, TextField } from '../ui/Form';
import { ProblemNote } from '../ui/Problem';
import { SecretOnce } from '../ui/SecretOnce';
import { useAction } from '../ui/useAction';

/** Makes a webhook, or changes one; a new one's secret is shown once. */
export function WebhookForm({ known, onClose }: { known: Webhook | null; onClose(): void }) {
  const [name, setName] = useState(known?.name ?? '');
  const [url, setUrl] = useState(known?.url ?? '');
  const [events, setEvents] = useState(known?.events.join(', ') ?? 'users.*');
  const [enabled, setEnabled] = useState(known?.enabled ?? true);
  const [authUsername, setUsername] = useState(known?.authUsername ?? '');
  const [authPassword, setPassword] = useState(known?.authPassword ?? '');
  const [secret, setSecret] = useState<string | null>(null);
  const save = useAction({
    async run() {
      const tls = known?.tls ?? true;
      const fields = { name, url, events: listed(events), enabled, tls, authUsername, authPassword };
      if (known === null) return (await createWebhook(fields)).secret;
      await changesOfWebhook(known.$id).update(fields);
      return null;
    },
    done: () => (known === null ? 'Webhook created' : 'Webhook saved'),
  });
  if (secret !== null) return <SecretOnce title="Webhook created" secret={secret} onClose={onClose} />;
  return (
    <Dialog title={known === null ? 'Create webhook' : `Edit ${known.name}`} isOpen onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run(undefined, (made) => (made === null ? onClose() : setSecret(made)));
        }}
      >
        <TextField
          label="Name"
          required
          autoFocus
          maxLength={128}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Address"
          type="url"
          required
          value={url}
          hint="Of a host of the public internet"
          onChange={(event) => setUrl(event.target.value)}
        />
        <TextField
          label="Events"
          required
          value={events}
          hint="With commas between; * stands for any ID, such as users.*.create"
          onChange={(event) => setEvents(event.target.value)}
        />
        <TextField
          label="User name (optional)"
          value={authUsername}
          maxLength={256}
          onChange={(event) => setUsername(event.target.value)}
        />
        <TextField
          label="Password (optional)"
          type="password"
          autoComplete="new-password"
          value={authPassword}
          maxLength={256}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Check label="Send events" isOn={enabled} onChange={setEnabled} />
        {save.problem && <ProblemNote problem={save.problem} />}
        <div className="actions end">
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isPending={save.isPending}>
            {known === null ? 'Create webhook' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
