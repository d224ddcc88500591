import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Webhook } from '../api/models';
import { changesOfWebhook, webhookQuery } from '../api/webhooks';
import { number } from '../lib/text';
import { useCan } from '../session/session';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { ProblemNote } from '../ui/Problem';
import { Badge, Card, Copyable, Loading, PageHead } from '../ui/parts';
import { SecretOnce } from '../ui/SecretOnce';
import { asProblem, useAction } from '../ui/useAction';
import { Deliveries } from './Deliveries';
import { Replay } from './Replay';
import { WebhookForm } from './WebhookForm';
import { WebhookState } from './WebhookList';

const route = getRouteApi('/webhooks/$webhookId');

/** One webhook: what it is sent, what became of that, and a way to send it again. */
export function WebhookShow() {
  const { webhookId } = route.useParams();
  const canWrite = useCan('webhooks.write');
  const { data: webhook, error, refetch } = useQuery(webhookQuery(webhookId));
  const back = (
    <Link to="/webhooks" className="muted">
      ← All webhooks
    </Link>
  );
  if (webhook === undefined)
    return (
      <>
        {back}
        {error ? <ProblemNote problem={asProblem(error)} retry={() => void refetch()} /> : <Loading />}
      </>
    );
  return (
    <>
      {back}
      <PageHead title={webhook.name} about={<code>{webhook.url}</code>}>
        <WebhookState webhook={webhook} />
        <Copyable text={webhook.$id} />
      </PageHead>
      {webhook.logs && <p className="notice warn">Last failure: {webhook.logs}</p>}
      <Card title="Events">
        <span className="labels wrap">
          {webhook.events.map((event) => (
            <Badge key={event}>{event}</Badge>
          ))}
        </span>
      </Card>
      {canWrite && <WebhookActions webhook={webhook} />}
      <Deliveries webhookId={webhookId} canWrite={canWrite} />
    </>
  );
}

function WebhookActions({ webhook }: { webhook: Webhook }) {
  const [dialog, setDialog] = useState<'edit' | 'delete' | 'rotate' | 'replay' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const navigate = useNavigate();
  const close = () => setDialog(null);
  const change = changesOfWebhook(webhook.$id);
  const test = useAction({ run: change.test, done: () => 'A test is on its way', isToastedOnRefusal: true });
  const rotate = useAction({ run: change.rotate });
  const replay = useAction<string, number>({
    run: change.replay,
    done: (_, total) => `Sent once more: ${number(total)}`,
  });
  const remove = useAction({
    async run() {
      await change.delete();
      await navigate({ to: '/webhooks' });
    },
    done: () => 'Webhook deleted',
  });
  return (
    <div className="toolbar">
      <Button isPending={test.isPending} onPress={() => void test.run()}>
        Send a test
      </Button>
      <Button onPress={() => setDialog('replay')}>Replay…</Button>
      <Button onPress={() => setDialog('edit')}>Edit</Button>
      <Button onPress={() => setDialog('rotate')}>Rotate secret</Button>
      <span className="gap" />
      <Button look="danger" onPress={() => setDialog('delete')}>
        Delete webhook
      </Button>
      {dialog === 'edit' && <WebhookForm known={webhook} onClose={close} />}
      <Replay isOpen={dialog === 'replay'} action={replay} onClose={close} />
      <Confirm
        title="Rotate the secret?"
        verb="Rotate secret"
        isOpen={dialog === 'rotate'}
        action={{
          ...rotate,
          run: (_, then) =>
            rotate.run(undefined, (made) => {
              setSecret(made);
              then?.(made);
            }),
        }}
        onClose={close}
      >
        Deliveries are signed with the old one and the new one for a while. The old one can't be brought back.
      </Confirm>
      <Confirm
        title="Delete this webhook?"
        verb="Delete webhook"
        isOpen={dialog === 'delete'}
        action={remove}
        onClose={close}
      >
        What it has not been sent yet, it never will be. This can't be undone.
      </Confirm>
      {secret !== null && <SecretOnce title="New secret" secret={secret} onClose={() => setSecret(null)} />}
    </div>
  );
}
