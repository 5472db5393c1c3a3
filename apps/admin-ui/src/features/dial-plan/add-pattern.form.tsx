import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button, TextField } from '../../ui/controls.tsx';
import styles from './dial-plan.module.css';
import { parsePattern, patternWords } from './parse-pattern.ts';

export function AddPattern({ patterns, onAdd }: { readonly patterns: readonly string[]; readonly onAdd: (pattern: string) => void }) {
  const [value, setValue] = useState('');
  const [tried, setTried] = useState(false);
  const { fault } = parsePattern(value);
  const double = patterns.includes(value) ? 'This partition has that pattern already.' : undefined;
  const add = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!value || fault || double) return;
    onAdd(value);
    setValue('');
    setTried(false);
  };
  const error = double ?? (tried ? (value ? fault?.message : 'Enter a pattern, for example 1XXX.') : undefined);
  return (
    <form className={styles.add} onSubmit={add} noValidate>
      <div className={styles.addField}>
        <TextField label="Add a pattern" placeholder="0[3-5]X." spellCheck={false} autoComplete="off" value={value} error={error} hint={value && !fault ? `Takes ${patternWords(value)}.` : 'X any digit, Z 1–9, N 2–9, [3-5] a set, . any that follow.'} onChange={(event) => setValue(event.target.value.replace(/\s/g, ''))} />
      </div>
      <Button type="submit">
        <Plus aria-hidden /> Add pattern
      </Button>
    </form>
  );
}
