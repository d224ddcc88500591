import { plural } from '../lib/text';
import { Button } from './Button';

interface LogPagesProps {
  readonly total: number;
  readonly page: number;
  readonly size: number;
  onMove(page: number): void;
}

/** The pages of a log, which only has offsets. */
export function LogPages({ total, page, size, onMove }: LogPagesProps) {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  return (
    <nav className="pager" aria-label="Pages">
      <span role="status">{plural(total, 'event')}</span>
      <span className="gap" />
      <Button isDisabled={page <= 0} onPress={() => onMove(page - 1)}>
        Newer
      </Button>
      <Button isDisabled={page >= last} onPress={() => onMove(page + 1)}>
        Older
      </Button>
    </nav>
  );
}
