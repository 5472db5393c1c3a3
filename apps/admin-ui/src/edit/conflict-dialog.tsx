import { useState } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Button } from '../ui/controls.tsx';
import { Dialog, dialogStyles } from '../ui/dialog.tsx';
import { count, shortTime } from '../ui/formats.ts';
import styles from './conflict-dialog.module.css';
import { compareFields, mergeFields } from './merge-fields.ts';
import type { Draft } from './use-draft.ts';

interface ConflictDialogProps<T extends object> {
  /** "Call settings of Alder Finch were" */
  readonly subject: string;
  readonly keys: readonly (keyof T & string)[];
  readonly label: (key: keyof T & string) => string;
  readonly words: (key: keyof T & string, value: T) => string;
  readonly draft: Draft<T>;
}

/** 412: both versions field by field. Never last write wins in silence, never "reload and lose". */
export function ConflictDialog<T extends object>({ subject, keys, label, words, draft }: ConflictDialogProps<T>) {
  const { base, value: mine, conflict: saved } = draft;
  const fields = saved ? compareFields(keys, base.value, mine, saved.value) : [];
  const [picked, setPicked] = useState<Partial<Record<string, 'mine' | 'theirs'>>>({});
  if (!saved) return null;
  const choices = Object.fromEntries(fields.map((field) => [field.key, picked[field.key] ?? field.choice]));
  const open = fields.filter((field) => !choices[field.key]);
  const merged = mergeFields(mine, saved.value, choices as Partial<Record<keyof T & string, 'mine' | 'theirs'>>);
  const result = fields.map((field) => `${label(field.key).toLowerCase()} ${words(field.key, merged)}`).join(', ');
  const asText = fields.map((field) => `${label(field.key)}: ${words(field.key, mine)}`).join('\n');

  return (
    <Dialog
      wide
      title={`${subject} saved by someone else while you were editing`}
      intro={`Your changes are still here and nothing was overwritten. ${count(fields.length, 'field differs', 'fields differ')}. Choose the value to keep for each; the result becomes version ${saved.version + 1}.`}
      onClose={draft.keepEditing}
      foot={
        <>
          <Button look="ghost" onClick={draft.discard}>
            Discard mine
          </Button>
          <CopyButton label="Copy mine as text" text={asText} />
          <span className={dialogStyles.footEnd}>
            <Button onClick={draft.keepEditing}>Back to editing</Button>
            <Button look="primary" aria-disabled={open.length > 0 || draft.saving || undefined} aria-describedby="conflict-result" onClick={() => open.length === 0 && draft.resolve(merged)}>
              Save as version {saved.version + 1}
            </Button>
          </span>
        </>
      }
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">
              <b>Yours, not saved</b>
              based on version {base.version}
            </th>
            <th scope="col">
              <b>Saved</b>
              {saved.actor}, {shortTime(saved.changedAt, new Date())}, version {saved.version}
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.key}>
              <th scope="row">
                {label(field.key)}
                <span className={styles.before}>before: {words(field.key, base.value)}</span>
              </th>
              {(['mine', 'theirs'] as const).map((side) => (
                <td key={side}>
                  <label className={styles.pick}>
                    <input type="radio" name={`pick-${field.key}`} checked={choices[field.key] === side} onChange={() => setPicked({ ...picked, [field.key]: side })} />
                    <span>
                      {words(field.key, side === 'mine' ? mine : saved.value)}
                      {(side === 'mine' ? field.mineChanged : field.theirsChanged) ? '' : ', as before'}
                    </span>
                    <span className={styles.side}>{side === 'mine' ? 'yours' : 'saved'}</span>
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.result} id="conflict-result">
        {open.length > 0 ? `Choose a value for ${open.map((field) => label(field.key).toLowerCase()).join(', ')}: both sides changed it.` : `Result: ${result || 'what is saved'}. Both versions stay in the history.`}
      </p>
    </Dialog>
  );
}
