import type { Page, Place } from '../api/query';
import { plural } from '../lib/text';
import { Button } from './Button';
import { Select } from './Form';

/** Filtered totals are counted up to here. */
const COUNTED = 5_000;

interface PagerProps<Row> {
  readonly page: Page<Row>;
  readonly noun: string;
  readonly isFiltered?: boolean;
  readonly size?: number;
  idOf(row: Row): string;
  onMove(place: Place): void;
  onResize?(size: number): void;
}

const SIZES = [25, 50, 100].map((size) => [`${size}`, `${size} a page`] as const);

/** How many there are, and the way to the next and the last page, by cursor. */
export function Pager<Row>({
  page,
  noun,
  isFiltered = false,
  size,
  idOf,
  onMove,
  onResize,
}: PagerProps<Row>) {
  const { rows, total, hasNext, hasPrevious } = page;
  const [first, last] = [rows[0], rows.at(-1)];
  const count =
    isFiltered && total >= COUNTED ? `${COUNTED.toLocaleString()} ${noun}s or more` : plural(total, noun);
  return (
    <nav className="pager" aria-label="Pages">
      <span role="status">{count}</span>
      <span className="gap" />
      {onResize && size !== undefined && (
        <Select
          label="Rows a page"
          isLabelHidden
          value={`${size}`}
          options={SIZES}
          onChange={(value) => onResize(Number(value))}
        />
      )}
      <Button
        isDisabled={!hasPrevious}
        onPress={() => onMove(first === undefined ? {} : { before: idOf(first) })}
      >
        Previous
      </Button>
      <Button
        isDisabled={!hasNext || last === undefined}
        onPress={() => last !== undefined && onMove({ after: idOf(last) })}
      >
        Next
      </Button>
    </nav>
  );
}
