import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { SignInForm } from './SignInForm';
import { signOut, useSession } from './session';

/** The key has ended in the middle of work: the page waits as it is until there is another one. */
export function Ended() {
  const { session, hasEnded } = useSession();
  return (
    <Dialog title="Your key has ended" isOpen={hasEnded} isDismissable={false} onClose={() => {}}>
      <p>Sign in again to go on where you are. Nothing that you have typed is lost.</p>
      <SignInForm person={session?.person ?? ''} />
      <Button look="quiet" onPress={signOut}>
        Sign out
      </Button>
    </Dialog>
  );
}
