import { skipToken, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleX, TriangleAlert } from 'lucide-react';
import { LAST_EFFECT } from '../edit/effects.api.ts';
import { overviewQuery } from '../features/overview/overview.api.ts';
import { isBehind, type Verdict, verdictOf } from '../features/overview/verdict.ts';
import { cx } from '../ui/cx.ts';
import { age, clock } from '../ui/formats.ts';
import { State } from '../ui/state.tsx';
import styles from './shell.module.css';

/** One line on every page: can calls be decided, with which revision, how old is what we see. */
export function StatusStrip() {
  const { data, error, dataUpdatedAt } = useQuery(overviewQuery);
  const lastEffect = useQuery<number>({ queryKey: LAST_EFFECT, queryFn: skipToken });
  return (
    <footer className={styles.strip} aria-label="Service state">
      {data ? <Verdicts verdict={verdictOf(data)} /> : null}
      {error ? (
        <span className={styles.warnBit} data-fault>
          <TriangleAlert aria-hidden />
          {data ? `The server does not answer. Shown as of ${clock(new Date(dataUpdatedAt).toISOString())}` : 'The server does not answer'}
        </span>
      ) : null}
      {lastEffect.data ? (
        <span className={cx(styles.fine, styles.end)}>
          <span className={styles.faint}>Last change in effect after</span> {lastEffect.data} ms
        </span>
      ) : null}
    </footer>
  );
}

function Verdicts({ verdict }: { readonly verdict: Verdict }) {
  const first = verdict.attention[0];
  const isBad = verdict.kind === 'bad';
  return (
    <>
      {isBad ? (
        <Link to="/" className={styles.badBit} data-fault role="alert">
          <CircleX aria-hidden />
          {verdict.text}
        </Link>
      ) : (
        <span className={styles.fine}>
          <State kind={verdict.kind === 'ok' ? 'ok' : 'warn'}>{verdict.text.replace('Calls are decided normally', 'Deciding calls').replace(/\.$/, '')}</State>
        </span>
      )}
      {verdict.switches.map((each) => (
        <span key={each.switchId} className={styles.fine}>
          <span className={styles.faint}>{each.switchId}</span> {each.revision || 'no revision'}
        </span>
      ))}
      {verdict.sources.map((source) => (
        <span key={source.name} className={cx(styles.fine, styles.source, isBehind(source.ageMs) && styles.warnBit)}>
          <span className={styles.faint}>{source.name}</span> {age(source.ageMs)}
        </span>
      ))}
      {first && !isBad ? (
        <Link to="/" className={styles.warnBit} data-fault>
          <TriangleAlert aria-hidden />
          {first.what}
        </Link>
      ) : null}
    </>
  );
}
