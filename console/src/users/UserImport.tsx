import { useState } from 'react';
import { type ImportRow, importUsers, parseRows, type Refused } from '../api/importUsers';
import { download } from '../lib/download';
import { plural } from '../lib/text';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { ProblemNote } from '../ui/Problem';
import { Scroll } from '../ui/Scroll';
import { useAction } from '../ui/useAction';

interface Progress {
  readonly done: number;
  readonly refused: readonly Refused[];
}

const NONE: Progress = { done: 0, refused: [] };

/** Imports a file, tells how far it is, and which rows were refused and why. */
export function UserImport({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const [rows, setRows] = useState<readonly (ImportRow | string)[] | null>(null);
  const [progress, setProgress] = useState(NONE);
  const [isOver, setOver] = useState(false);
  const action = useAction({
    run: () => importUsers(rows ?? [], (done, refused) => setProgress({ done, refused })),
  });
  const choose = async (file: File | undefined) => {
    setProgress(NONE);
    setOver(false);
    setRows(file === undefined ? null : parseRows(await file.text()));
  };
  const close = () => {
    setRows(null);
    setOver(false);
    setProgress(NONE);
    action.reset();
    onClose();
  };
  const total = rows?.length ?? 0;
  const { done, refused } = progress;
  return (
    <Dialog title="Import users" isWide isOpen={isOpen} isDismissable={!action.isPending} onClose={close}>
      <p>
        A file of JSON lines, a JSON array, or CSV with a first line of names, as an export makes it. Fields:{' '}
        <code>userId</code>, <code>name</code>, <code>email</code>, <code>phone</code>, <code>password</code>{' '}
        or <code>hash</code> with <code>algorithm</code>, <code>labels</code>, <code>prefs</code>,{' '}
        <code>status</code> and more.
      </p>
      <input
        type="file"
        aria-label="File"
        accept=".json,.jsonl,.ndjson,.csv,text/csv,application/json"
        disabled={action.isPending}
        onChange={(event) => void choose(event.target.files?.[0])}
      />
      {rows && !isOver && !action.isPending && <p role="status">{plural(total, 'row')} in the file.</p>}
      {(action.isPending || isOver) && (
        <div className="stack" role="status">
          <progress aria-label="Import" max={total} value={done + refused.length} />
          <span>
            {done} of {plural(total, 'user')} imported{refused.length > 0 && `, ${refused.length} refused`}.
          </span>
        </div>
      )}
      {refused.length > 0 && <RefusedRows refused={refused} />}
      {action.problem && <ProblemNote problem={action.problem} />}
      <div className="actions end">
        <Button isDisabled={action.isPending} onPress={close}>
          {isOver ? 'Done' : 'Cancel'}
        </Button>
        {!isOver && (
          <Button
            look="primary"
            isPending={action.isPending}
            isDisabled={total === 0}
            onPress={() => void action.run(undefined, () => setOver(true))}
          >
            Import {total > 0 && plural(total, 'user')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** More are in the file that can be downloaded. */
const SHOWN = 50;

function RefusedRows({ refused }: { refused: readonly Refused[] }) {
  const sorted = [...refused].sort((a, b) => a.line - b.line);
  const save = () =>
    download(
      'refused.ndjson',
      `${sorted.map((row) => JSON.stringify(row)).join('\n')}\n`,
      'application/x-ndjson',
    );
  return (
    <>
      <Scroll label="Refused rows" look="table-wrap">
        <table className="table">
          <thead>
            <tr>
              <th>Row</th>
              <th>User</th>
              <th>Reason</th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, SHOWN).map(({ line, who, reason }) => (
              <tr key={line}>
                <td>{line}</td>
                <td>{who}</td>
                <td className="wrap">{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Button look="small" onPress={save}>
        Download the refused rows
      </Button>
    </>
  );
}
