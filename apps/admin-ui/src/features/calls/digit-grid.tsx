import type { Trace } from '@sfs/rest-contract';
import { cx } from '../../ui/cx.ts';
import text from '../../ui/text.module.css';
import { cellsOf, matchedNumber, resultWords } from './digit-grid.ts';
import styles from './digit-grid.module.css';

/** Dialled digits on top, each candidate beneath, the cell where it lost in red, the reason in words. */
export function DigitGrid({ trace, dialled }: { readonly trace: Trace; readonly dialled: string }) {
  const digits = [...matchedNumber(trace, dialled)];
  return (
    <div className={styles.region} role="region" aria-label="Candidates, digit by digit" tabIndex={0}>
      <table className={styles.grid}>
        <thead>
          <tr>
            <th scope="col">Partition</th>
            <th scope="colgroup" colSpan={Math.max(digits.length, 1)}>
              <span className={text.sr}>Digit by digit</span>
            </th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className={text.muted}>
              Dialled
            </th>
            {digits.map((digit, at) => (
              <td key={at} className={styles.digit}>
                <span className={cx(styles.cell, styles.dialled)}>{digit}</span>
              </td>
            ))}
            <td className={styles.why} />
          </tr>
          {trace.candidates.map((candidate) => {
            const { lead, why } = resultWords(candidate);
            const won = candidate.result === 'won';
            return (
              <tr key={`${candidate.partitionId}-${candidate.pattern}`} className={cx(won && styles.win)}>
                <th scope="row">
                  {candidate.partitionName} <span className={text.sr}>pattern {candidate.pattern}</span>
                </th>
                {cellsOf(candidate, digits.length).map((cell, at) => (
                  <td key={at} className={styles.digit}>
                    <span className={cx(styles.cell, styles[cell.kind])}>{cell.text}</span>
                  </td>
                ))}
                <td className={styles.why}>
                  <b className={cx(won && styles.won)}>{lead}</b> {why}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
