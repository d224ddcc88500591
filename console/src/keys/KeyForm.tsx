import { useState } from 'react';
import type { Scope } from '../../../src/request/scopes';
import type { Key } from '../api/models';
import { createKey, updateKey } from '../api/project';
import { ScopePicker } from '../session/ScopePicker';
import { SCOPE_LIST } from '../session/scopes';
import { useSession } from '../session/session';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Form';
import { ProblemNote } from '../ui/Problem';
import { SecretOnce } from '../ui/SecretOnce';
import { useAction } from '../ui/useAction';

/** What a `datetime-local` field shows of a moment: in the reader's zone. */
function localOf(iso: string): string {
  if (iso === '') return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Makes a key, or changes one; a new one's secret is shown once. */
export function KeyForm({ known, onClose }: { known: Key | null; onClose(): void }) {
  const { session } = useSession();
  // Nobody gives what it has not: the API would refuse it.
  const scopesOffered = SCOPE_LIST.filter(
    (scope) => session?.scopes.includes(scope) || known?.scopes.includes(scope),
  );
  const [name, setName] = useState(known?.name ?? '');
  const [scopes, setScopes] = useState<Scope[]>(SCOPE_LIST.filter((scope) => known?.scopes.includes(scope)));
  const [until, setUntil] = useState(localOf(known?.expire ?? ''));
  const [secret, setSecret] = useState<string | null>(null);
  const save = useAction({
    async run() {
      const fields = { name, scopes, expire: until === '' ? '' : new Date(until).toISOString() };
      if (known === null) return (await createKey(fields)).secret;
      await updateKey(known.$id, fields);
      return null;
    },
    done: () => (known === null ? 'Key created' : 'Key saved'),
  });
  if (secret !== null) return <SecretOnce title="Key created" secret={secret} onClose={onClose} />;
  return (
    <Dialog title={known === null ? 'Create key' : `Edit ${known.name}`} isWide isOpen onClose={onClose}>
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
        <ScopePicker label="Scopes" scopes={scopesOffered} chosen={scopes} onChange={setScopes} />
        <TextField
          label="Expires"
          type="datetime-local"
          hint="Left empty, never"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
        {save.problem && <ProblemNote problem={save.problem} />}
        <div className="actions end">
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isPending={save.isPending}>
            {known === null ? 'Create key' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
