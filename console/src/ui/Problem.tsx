import type { ApiProblem } from '../api/problem';
import { Button } from './Button';

interface ProblemProps {
  readonly problem: ApiProblem;
  retry?(): void;
}

/** What the API refused, in its words, with what to name to whoever looks after it. */
export function ProblemNote({ problem, retry }: ProblemProps) {
  const { message, status, type, requestId } = problem;
  return (
    <div className="problem-note" role="alert">
      <strong>{message}</strong>
      <div className="facts">
        {status > 0 && (
          <span>
            {status} <code>{type}</code>
          </span>
        )}
        {requestId && (
          <span>
            Request <code>{requestId}</code>
          </span>
        )}
      </div>
      {retry && (
        <Button look="small" onPress={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}
