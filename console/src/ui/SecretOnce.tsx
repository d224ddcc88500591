import { Button } from './Button';
import { Dialog } from './Dialog';
import { Copyable } from './parts';

interface SecretOnceProps {
  readonly title: string;
  readonly secret: string;
  onClose(): void;
}

/** A secret that is shown this once: it closes by its button alone. */
export function SecretOnce({ title, secret, onClose }: SecretOnceProps) {
  return (
    <Dialog title={title} isOpen isDismissable={false} onClose={onClose}>
      <p>Copy the secret now: it is shown this once.</p>
      <div className="secret">
        <code>{secret}</code>
      </div>
      <div className="actions end">
        <Copyable text={secret} what="secret" />
        <Button look="primary" onPress={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
