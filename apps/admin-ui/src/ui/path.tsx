import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './path.module.css';

export interface Stop {
  readonly key: string;
  /** start: hollow; passed: asked and said no; key: decided; end: the outcome; later: only if the one before fails */
  readonly kind: 'start' | 'passed' | 'key' | 'end' | 'refused' | 'later';
  readonly icon?: LucideIcon;
  readonly title: ReactNode;
  readonly why?: ReactNode;
}

const KINDS = {
  start: undefined,
  passed: styles.passed,
  key: styles.key,
  end: styles.end,
  refused: cx(styles.end, styles.refused),
  later: cx(styles.end, styles.later),
} as const;

/** One line from the caller to the outcome. */
export function Path({ label, stops }: { readonly label: string; readonly stops: readonly Stop[] }) {
  return (
    <ol className={styles.path} aria-label={label}>
      {stops.map(({ key, kind, icon: Icon, title, why }) => (
        <li key={key} className={KINDS[kind]}>
          <span className={styles.node}>{Icon ? <Icon aria-hidden /> : null}</span>
          {kind === 'passed' ? title : <div className={styles.title}>{title}</div>}
          {why ? <p className={styles.why}>{why}</p> : null}
        </li>
      ))}
    </ol>
  );
}
