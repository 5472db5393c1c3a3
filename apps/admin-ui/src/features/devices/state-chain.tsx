import type { Device } from '@sfs/rest-contract';
import { Check } from 'lucide-react';
import { cx } from '../../ui/cx.ts';
import text from '../../ui/text.module.css';
import { chainOf } from './device-state.ts';
import styles from './devices.module.css';

const SPOKEN = { done: 'done', skipped: 'not needed', stuck: 'waits here', todo: 'not yet' } as const;

/** Declared → Notified → Fetched; the way to the station it waits for is dashed. */
export function StateChain({ device, now }: { readonly device: Device; readonly now: number }) {
  const stations = chainOf(device, now);
  return (
    <ol className={styles.chain} aria-label="State of the configuration">
      {stations.map(({ key, name, state, words }, at) => (
        <li key={key} className={cx(styles[state], stations[at + 1]?.state === 'stuck' && styles.before)}>
          <span className={styles.station} aria-hidden>
            {state === 'done' ? <Check /> : null}
          </span>
          <b>
            {name} <span className={text.sr}>{SPOKEN[state]}</span>
          </b>
          <small>{words}</small>
        </li>
      ))}
    </ol>
  );
}
