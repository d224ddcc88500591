import { useState } from 'react';
import { changesOf } from '../api/changeUser';
import { Button } from '../ui/Button';
import { ProblemNote } from '../ui/Problem';
import { Badge, Copyable } from '../ui/parts';
import { useAction } from '../ui/useAction';

/** The codes of somebody who has lost the app: shown on request only, made, or made anew. */
export function RecoveryCodes({
  userId,
  hasCodes,
  canWrite,
}: {
  userId: string;
  hasCodes: boolean;
  canWrite: boolean;
}) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const change = changesOf(userId);
  const show = useAction({ run: change.showRecoveryCodes });
  const make = useAction({
    run: () => (hasCodes ? change.replaceRecoveryCodes() : change.createRecoveryCodes()),
    done: () => (hasCodes ? 'New recovery codes made; the old ones have ended' : 'Recovery codes made'),
  });
  const problem = show.problem ?? make.problem;
  return (
    <>
      <div className="row-line">
        <span className="value">Recovery codes</span>
        {!hasCodes && <Badge>None</Badge>}
        {hasCodes && (
          <Button
            look="small"
            isPending={show.isPending}
            onPress={() => (codes === null ? void show.run(undefined, setCodes) : setCodes(null))}
          >
            {codes === null ? 'Show' : 'Hide'}
          </Button>
        )}
        {canWrite && (
          <Button look="small" isPending={make.isPending} onPress={() => void make.run(undefined, setCodes)}>
            {hasCodes ? 'Replace' : 'Create codes'}
          </Button>
        )}
      </div>
      {problem && <ProblemNote problem={problem} />}
      {codes && (
        <>
          <ul className="codes" aria-label="Recovery codes">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <Copyable text={codes.join(' ')} what="all codes" />
        </>
      )}
    </>
  );
}
