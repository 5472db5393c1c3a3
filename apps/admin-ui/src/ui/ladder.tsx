import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './ladder.module.css';

export interface Rung {
  readonly layer: string;
  /** "Site Berlin" */
  readonly name: string;
  readonly set: boolean;
  readonly wins: boolean;
  /** the value in words, when set */
  readonly words: string;
  /** where it is set, when that is another page */
  readonly link?: ReactNode;
}

interface LadderProps {
  readonly subject: string;
  readonly rungs: readonly Rung[];
  /** the winning layer is the one edited here */
  readonly own: boolean;
  readonly open?: boolean;
  readonly onToggle?: () => void;
}

/** Squares from system to user: filled wins, hollow is set but covered, a dot is not set. */
export function Ladder({ subject, rungs, own, open, onToggle }: LadderProps) {
  const winner = rungs.find((rung) => rung.wins);
  const name = own ? 'Set here' : (winner?.name ?? 'not set');
  const body = (
    <>
      <Rungs rungs={rungs} />
      <span className={styles.from}>{name}</span>
    </>
  );
  if (!onToggle) return <span className={cx(styles.origin, own && styles.own)}>{body}</span>;
  return (
    <button type="button" className={cx(styles.origin, own && styles.own)} aria-expanded={open ?? false} aria-label={ladderSentence(subject, rungs, own)} onClick={onToggle}>
      {body}
    </button>
  );
}

export function Rungs({ rungs }: { readonly rungs: readonly Pick<Rung, 'layer' | 'set' | 'wins'>[] }) {
  return (
    <span className={styles.rungs} aria-hidden>
      {rungs.map((rung) => (
        <span key={rung.layer} className={cx(styles.rung, rung.wins ? styles.wins : rung.set ? styles.covered : styles.none)} />
      ))}
    </span>
  );
}

/** What a screen reader hears instead of the squares. */
export function ladderSentence(subject: string, rungs: readonly Rung[], own: boolean): string {
  const winner = rungs.find((rung) => rung.wins);
  const covered = rungs.filter((rung) => rung.set && !rung.wins).map((rung) => rung.name);
  const from = own ? 'set here' : `from ${winner?.name ?? 'nowhere'}`;
  return `${subject}: ${from}${covered.length ? `; also set at ${covered.join(', ')}` : ''}. Show all layers`;
}

export function Layers({ subject, rungs }: { readonly subject: string; readonly rungs: readonly Rung[] }) {
  return (
    <ol className={styles.layers} aria-label={`Layers of ${subject}`}>
      {rungs.map((rung) => (
        <li key={rung.layer} className={cx(rung.wins && styles.layerWins)}>
          <small>{rung.link ?? rung.name}</small>
          {rung.wins ? <b>{rung.words}</b> : rung.set ? <s>{rung.words}</s> : <span className={styles.unset}>not set</span>}
        </li>
      ))}
    </ol>
  );
}
