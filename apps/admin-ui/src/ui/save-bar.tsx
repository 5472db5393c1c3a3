import { CircleCheck } from 'lucide-react';
import { wordsOf } from '../api/problem-words.ts';
import { Button } from './controls.tsx';
import { cx } from './cx.ts';
import { count } from './formats.ts';
import { layout, Note } from './layout.tsx';
import styles from './save-bar.module.css';
import text from './text.module.css';
import { useCtrlS } from './use-keys.ts';

export interface DiffLine {
  readonly label: string;
  readonly was: string;
  readonly will: string;
  /** a consequence: "no longer follows Site Berlin" */
  readonly note?: string;
}

/** What became of a save, measured. */
export interface Outcome {
  readonly text: string;
  readonly late: boolean;
}

interface SaveBarProps {
  readonly lines: readonly DiffLine[];
  readonly saving: boolean;
  readonly error: unknown;
  readonly outcome: Outcome | undefined;
  /** why it cannot be saved yet; Save stays focusable and says so */
  readonly blocked?: string | undefined;
  readonly promise?: string;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  readonly onUndo?: (() => void) | undefined;
}

/** Rises with the first unsaved change and says it in words; after saving it says when the change is in effect. */
export function SaveBar(props: SaveBarProps) {
  const { lines, saving, error, outcome, blocked, onDiscard, onUndo, promise = 'Takes effect within 2 s of saving' } = props;
  const save = () => {
    if (!saving && !blocked && lines.length > 0) props.onSave();
  };
  useCtrlS(save);
  if (lines.length === 0 && outcome) return <DoneBar label="Saved" text={outcome.text} onUndo={onUndo} />;
  if (lines.length === 0) return null;
  return (
    <div className={styles.bar} role="region" aria-label="Unsaved changes">
      {error ? <SaveFault error={error} /> : null}
      <dl className={styles.diff}>
        {lines.map((line) => (
          <Line key={line.label} line={line} />
        ))}
      </dl>
      <div className={styles.line}>
        <b>{count(lines.length, 'unsaved change')}</b>
        <span className={cx(text.faint, !blocked && layout.wide)} id="save-why">
          {blocked ?? promise}
        </span>
        <span className={styles.acts}>
          <Button look="ghost" onClick={onDiscard} disabled={saving}>
            Discard
          </Button>
          <Button look="primary" onClick={save} data-key="Ctrl S" aria-keyshortcuts="Control+S" aria-disabled={saving || Boolean(blocked) || undefined} aria-describedby={blocked ? 'save-why' : undefined}>
            {saving ? 'Saving' : 'Save'}
          </Button>
        </span>
      </div>
    </div>
  );
}

function Line({ line }: { readonly line: DiffLine }) {
  return (
    <>
      <dt>{line.label}</dt>
      <dd>
        {line.was ? <span className={text.was}>{line.was}</span> : null} <span className={text.will}>{line.will}</span> {line.note ? <span className={text.hint}>{line.note}</span> : null}
      </dd>
    </>
  );
}

/** What is done, at the foot of the page, with the way back. */
export function DoneBar({ label, text: words, onUndo }: { readonly label: string; readonly text: string; readonly onUndo: (() => void) | undefined }) {
  return (
    <div className={cx(styles.bar, styles.done)} role="region" aria-label={label}>
      <div className={styles.line}>
        <CircleCheck aria-hidden color="var(--ok-mark)" />
        <b>{words}</b>
        {onUndo ? (
          <span className={styles.acts}>
            <Button small onClick={onUndo}>
              Undo
            </Button>
          </span>
        ) : null}
      </div>
    </div>
  );
}

function SaveFault({ error }: { readonly error: unknown }) {
  const { what, next, requestId } = wordsOf(error);
  return (
    <div className={styles.fault}>
      <Note kind="bad" alert>
        <b>{what}</b> {next} {requestId ? <span className={text.hint}>request {requestId}</span> : null}
      </Note>
    </div>
  );
}
