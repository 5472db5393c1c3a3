import { useState } from 'react';
import { same } from '../../edit/merge-fields.ts';
import { TextField } from '../../ui/controls.tsx';
import styles from './dial-plan.module.css';

interface EmergencyFieldProps {
  readonly numbers: readonly string[];
  readonly dirty: boolean;
  readonly error: string | undefined;
  readonly onChange: (numbers: string[]) => void;
}

/** A list typed as text; what is typed stays as typed while it means the same list. */
export function EmergencyField({ numbers, dirty, error, onChange }: EmergencyFieldProps) {
  const [typed, setTyped] = useState(numbers.join(', '));
  const shown = same(listOf(typed), numbers) ? typed : numbers.join(', ');
  return (
    <div className={styles.name}>
      <TextField
        label="Numbers"
        inputMode="tel"
        placeholder="112, 110"
        value={shown}
        dirty={dirty}
        error={error}
        hint="Literal digits, separated by commas."
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(listOf(event.target.value));
        }}
      />
    </div>
  );
}

function listOf(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter(Boolean);
}
