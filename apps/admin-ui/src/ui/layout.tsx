import { CircleCheck, CircleHelp, CircleX, Info, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useId } from 'react';
import { cx } from './cx.ts';
import styles from './layout.module.css';

/** "Alder Finch, 1002 · SFS": the page's thing first. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · SFS` : 'SFS';
  }, [title]);
}

interface PageHeadProps {
  readonly title: string;
  /** what the browser tab says, when it is more than the heading */
  readonly tab?: string;
  readonly sub?: ReactNode;
  readonly beside?: ReactNode;
  readonly crumb?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHead({ title, tab, sub, beside, crumb, actions }: PageHeadProps) {
  useTitle(tab ?? title);
  return (
    <div className={styles.head}>
      <div>
        {crumb ? <div className={styles.crumb}>{crumb}</div> : null}
        <div className={styles.title}>
          <h1>{title}</h1>
          {beside}
        </div>
        {sub ? <p className={styles.sub}>{sub}</p> : null}
      </div>
      {actions ? <div className={styles.acts}>{actions}</div> : null}
    </div>
  );
}

export function Panel({ title, aside, children, big = false }: { readonly title: ReactNode; readonly aside?: ReactNode; readonly children: ReactNode; readonly big?: boolean }) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header>
        <h2 id={id} className={cx(big && styles.big)}>
          {title}
        </h2>
        {aside ? <span className={styles.panelAside}>{aside}</span> : null}
      </header>
      {children}
    </section>
  );
}

const NOTES = {
  info: { icon: Info, className: undefined },
  unsure: { icon: CircleHelp, className: undefined },
  ok: { icon: CircleCheck, className: styles.noteOk },
  warn: { icon: TriangleAlert, className: styles.noteWarn },
  bad: { icon: CircleX, className: styles.noteBad },
} as const;

export function Note({ kind = 'info', children, action, alert = false }: { readonly kind?: keyof typeof NOTES; readonly children: ReactNode; readonly action?: ReactNode; readonly alert?: boolean }) {
  const { icon: Icon, className } = NOTES[kind];
  return (
    <div className={cx(styles.note, className)} role={alert ? 'alert' : undefined}>
      <Icon aria-hidden />
      <div>{children}</div>
      {action ? <span className={styles.noteAct}>{action}</span> : null}
    </div>
  );
}

export { styles as layout };
