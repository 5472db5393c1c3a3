import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './state.module.css';

export type StateKind = 'ok' | 'warn' | 'bad' | 'wait' | 'off';

/** Shape, word and colour: circle fine, triangle warning, square fault, ring waiting or off. */
export function State({ kind, children }: { readonly kind: StateKind; readonly children: ReactNode }) {
  return <span className={cx(styles.state, styles[kind])}>{children}</span>;
}

const CHIPS = { plain: undefined, ok: styles.chipOk, warn: styles.chipWarn, bad: styles.chipBad, accent: styles.chipAccent } as const;

export function Chip({ kind = 'plain', children }: { readonly kind?: keyof typeof CHIPS; readonly children: ReactNode }) {
  return <span className={cx(styles.chip, CHIPS[kind])}>{children}</span>;
}
