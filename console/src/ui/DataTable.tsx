import {
  type ColumnDef,
  columnVisibilityFeature,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Scroll } from './Scroll';

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });

/** A column: what it shows, and by which name the address orders by it, if it can. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly sort?: string;
  readonly isEnd?: boolean;
  readonly isWrapped?: boolean;
  cell(row: Row): ReactNode;
}

/** Which rows are picked, by their IDs. */
export interface Selection {
  readonly picked: ReadonlySet<string>;
  set(picked: ReadonlySet<string>): void;
}

interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly hidden?: readonly string[];
  readonly sort?: string;
  readonly selection?: Selection | undefined;
  readonly isBusy?: boolean;
  idOf(row: Row): string;
  nameOf?(row: Row): string;
  onSort?(sort: string): void;
}

/** A table of one page: the API sorts and filters, TanStack Table keeps columns and selection. */
export function DataTable<Row extends object>(props: TableProps<Row>) {
  const { label, columns, rows, hidden = [], sort = '', selection, isBusy = false, idOf, onSort } = props;
  const definitions: ColumnDef<typeof features, Row>[] = columns.map((column) => ({
    id: column.id,
    header: column.title,
    cell: ({ row }) => column.cell(row.original),
  }));
  const picked = selection?.picked ?? new Set<string>();
  const table = useTable({
    features,
    columns: definitions,
    data: rows as Row[],
    getRowId: idOf,
    enableRowSelection: selection !== undefined,
    state: {
      columnVisibility: Object.fromEntries(hidden.map((id) => [id, false])),
      rowSelection: Object.fromEntries([...picked].map((id) => [id, true])),
    },
  });
  const columnOf = (id: string) => columns.find((column) => column.id === id);
  const pick = (ids: readonly string[], isOn: boolean) => {
    const next = new Set(picked);
    for (const id of ids) isOn ? next.add(id) : next.delete(id);
    selection?.set(next);
  };
  const shown = rows.map(idOf);
  const all = shown.filter((id) => picked.has(id)).length;
  return (
    <Scroll label={label} look="table-wrap" isBusy={isBusy}>
      <table className="table" aria-busy={isBusy}>
        <thead>
          <tr>
            {selection && (
              <th className="pick">
                <input
                  type="checkbox"
                  aria-label="Select all on this page"
                  checked={all > 0 && all === shown.length}
                  ref={(box) => {
                    if (box) box.indeterminate = all > 0 && all < shown.length;
                  }}
                  onChange={(event) => pick(shown, event.target.checked)}
                />
              </th>
            )}
            {table.getVisibleLeafColumns().map(({ id }) => (
              <Head key={id} column={columnOf(id)} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} data-selected={row.getIsSelected()}>
              {selection && (
                <td className="pick">
                  <input
                    type="checkbox"
                    aria-label={`Select ${props.nameOf?.(row.original) || row.id}`}
                    checked={row.getIsSelected()}
                    onChange={(event) => pick([row.id], event.target.checked)}
                  />
                </td>
              )}
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id} className={classOf(columnOf(cell.column.id))}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const classOf = (column: Pick<Column<never>, 'isEnd' | 'isWrapped'> | undefined) =>
  `${column?.isEnd ? 'end' : ''} ${column?.isWrapped ? 'wrap' : ''}`;

interface HeadProps {
  readonly column: Pick<Column<never>, 'title' | 'sort' | 'isEnd'> | undefined;
  readonly sort: string;
  readonly onSort: ((sort: string) => void) | undefined;
}

/** The head of a column; one that can be ordered by is a button: once the one way, again the other. */
function Head({ column, sort, onSort }: HeadProps) {
  const name = column?.sort;
  const isSorted = name !== undefined && sort.replace('-', '') === name;
  const isDescending = sort.startsWith('-');
  const order = isSorted ? (isDescending ? 'descending' : 'ascending') : 'none';
  if (name === undefined || onSort === undefined) {
    return (
      <th className={column?.isEnd ? 'end' : undefined}>
        {column?.title || <span className="hidden">Actions</span>}
      </th>
    );
  }
  return (
    <th aria-sort={order}>
      <button type="button" onClick={() => onSort(isSorted && !isDescending ? `-${name}` : name)}>
        {column?.title}
        {isSorted && (isDescending ? <ArrowDown size={13} aria-hidden /> : <ArrowUp size={13} aria-hidden />)}
      </button>
    </th>
  );
}
