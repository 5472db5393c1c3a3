import { Link } from '@tanstack/react-router';
import { CircleHelp } from 'lucide-react';
import { cx } from '../ui/cx.ts';
import text from '../ui/text.module.css';
import { Mark } from './brand.tsx';
import { PLACES } from './places.ts';
import { type Attention, useAttention } from './use-attention.ts';
import styles from './shell.module.css';

interface NavigationProps {
  readonly onKeys: () => void;
  readonly onGo?: () => void;
}

export function Navigation({ onKeys, onGo }: NavigationProps) {
  const attention = useAttention();
  return (
    <>
      <Link to="/" className={styles.brand} aria-label="SFS, overview" onClick={onGo}>
        <Mark />
        <b>SFS</b>
      </Link>
      <ul className={styles.nav}>
        {PLACES.map(({ to, label, icon: Icon, gap }) => (
          <li key={to} className={cx(gap && styles.gap)}>
            <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }} activeProps={{ 'aria-current': 'page' }} title={label} onClick={onGo}>
              <Icon aria-hidden />
              <span className={styles.text}>{label}</span>
              <Hot attention={attention[to]} />
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles.railFoot}>
        <ul className={styles.nav}>
          <li>
            <button type="button" onClick={onKeys} title="Keys">
              <CircleHelp aria-hidden />
              <span className={styles.text}>Keys</span>
              <kbd aria-hidden>?</kbd>
            </button>
          </li>
        </ul>
      </div>
    </>
  );
}

/** How many things there need somebody; nothing when none do. */
function Hot({ attention }: { readonly attention: Attention | undefined }) {
  if (!attention || attention.count === 0) return null;
  return (
    <span className={styles.hot} title={attention.words}>
      <span aria-hidden>{attention.count.toLocaleString('en')}</span>
      <span className={text.sr}>, {attention.words}</span>
    </span>
  );
}
