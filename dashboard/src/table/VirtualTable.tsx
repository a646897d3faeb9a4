import {
  type ColumnDef,
  FlexRender,
  type Row as TableRow,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useText } from '../language/useText';
import { type PageWindow, rowAt } from './pageWindow';
import type { PagedList } from './usePageWindow';
import classes from './VirtualTable.module.css';

export const features = tableFeatures({});
export type Column<Row extends object> = ColumnDef<typeof features, Row> & {
  id: string;
  meta?: { isNumeric?: boolean; width: number };
};

const ROW_PX = 36;
const OVERSCAN_ROWS = 12;

interface VirtualTableProps<Row extends object> {
  /** What the table holds, for screen readers. */
  label: string;
  columns: Column<Row>[];
  list: PagedList<Row>;
  rowId: (row: Row) => string;
}

/**
 * A table of any length: draws the rows in view, reads the pages they are on. Rows are placed by the
 * virtualiser, which a table element's own layout would undo: roles say what they are.
 */
export function VirtualTable<Row extends object>({ label, columns, list, rowId }: VirtualTableProps<Row>) {
  const say = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const { window: shown, show } = list;
  const rows = useMemo(() => loadedRows(shown), [shown]);
  const table = useTable({ features, columns, data: rows, getRowId: rowId });
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (shown.length > 0) show(first, last);
  }, [show, first, last, shown]);

  const model = table.getRowModel().rowsById;
  const widths = columns.map(
    (column) => `minmax(${column.meta?.width ?? 120}px, ${column.meta?.width ?? 120}fr)`,
  );
  const grid = { gridTemplateColumns: widths.join(' ') };
  return (
    <div
      ref={scroller}
      className={`${classes.scroller} ${list.isStale ? 'dim' : ''}`}
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      <div
        role="table"
        aria-label={label}
        aria-rowcount={(shown.totalCount ?? shown.length) + 1}
        className={classes.table}
      >
        <div role="rowgroup" className={classes.head}>
          {table.getHeaderGroups().map((group) => (
            <div
              role="row"
              aria-rowindex={1}
              key={group.id}
              className={classes.row}
              style={grid}
              tabIndex={-1}
            >
              {group.headers.map((header) => (
                <div
                  role="columnheader"
                  key={header.id}
                  tabIndex={-1}
                  className={classes.headCell}
                  data-numeric={(header.column.columnDef as Column<Row>).meta?.isNumeric || undefined}
                >
                  <FlexRender header={header} />
                </div>
              ))}
            </div>
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize() }} className={classes.body}>
          {items.map(({ index, start }) => {
            const row = rowAt(shown, index);
            return (
              <div
                role="row"
                key={index}
                aria-rowindex={index + 2}
                tabIndex={-1}
                className={classes.row}
                style={{ ...grid, transform: `translateY(${start}px)` }}
                data-row
              >
                {row ? (
                  <Cells row={model[rowId(row)]} />
                ) : (
                  <div role="cell" className={classes.cell}>
                    <span className="muted">{say('state.loading')}</span>
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function loadedRows<Row>(window: PageWindow<Row>): Row[] {
  return [...window.pages.values()].flat();
}

interface CellsProps<Row extends object> {
  row: TableRow<typeof features, Row> | undefined;
}

/** Drawn again only when its row or the columns changed: scrolling moves rows, it does not remake them. */
const Cells = memo(function Cells<Row extends object>({ row }: CellsProps<Row>) {
  return row?.getAllCells().map((cell) => (
    <div
      role="cell"
      key={cell.id}
      className={classes.cell}
      data-numeric={(cell.column.columnDef as Column<Row>).meta?.isNumeric || undefined}
    >
      <FlexRender cell={cell} />
    </div>
  ));
}) as <Row extends object>(props: CellsProps<Row>) => ReactNode;
