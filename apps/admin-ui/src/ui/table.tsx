import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './table.module.css';

interface TableProps {
  readonly label: string;
  readonly head: readonly { readonly key: string; readonly label: ReactNode; readonly right?: boolean; readonly from?: 'second' | 'third' | 'fourth' }[];
  readonly children: ReactNode;
  readonly fold?: boolean;
  readonly busy?: boolean;
}

/** A real table; with `fold` its rows become two lines at 390 px (cells say where with data-c="a".."d"). */
export function Table({ label, head, children, fold = true, busy = false }: TableProps) {
  return (
    <table className={cx(styles.table, fold && styles.fold)} aria-label={label} aria-busy={busy}>
      <thead>
        <tr>
          {head.map((column) => (
            <th key={column.key} scope="col" className={cx(column.right && styles.right, column.from && styles[column.from])}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

export { styles as table };
