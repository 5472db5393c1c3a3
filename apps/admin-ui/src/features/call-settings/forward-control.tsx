import type { ForwardTarget } from '@sfs/rest-contract';
import { useEffect, useId, useRef } from 'react';
import { controlStyles, ErrorText, Segmented } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import styles from './settings.module.css';

interface ForwardControlProps {
  readonly label: string;
  readonly value: ForwardTarget;
  readonly onChange: (value: ForwardTarget) => void;
  readonly dirty: boolean;
  readonly error?: string | undefined;
  /** Find Me is offered only where it is already stored: as a target it is refused until it exists */
  readonly findMe?: boolean;
}

export function ForwardControl({ label, value, onChange, dirty, error, findMe = false }: ForwardControlProps) {
  const id = useId();
  const number = useRef<HTMLInputElement>(null);
  const wantsFocus = useRef(false);
  const kind = value.kind;
  useEffect(() => {
    if (kind === 'number' && wantsFocus.current) number.current?.focus();
    wantsFocus.current = false;
  }, [kind]);
  const choose = (next: ForwardTarget['kind']) => onChange(next === 'number' ? { kind: 'number', number: '' } : { kind: next });
  const options = [{ value: 'off' as const, label: 'Off' }, { value: 'number' as const, label: 'Number' }, { value: 'voicemail' as const, label: 'Voicemail' }, ...(findMe || kind === 'find-me' ? [{ value: 'find-me' as const, label: 'Find Me' }] : [])];
  return (
    <div className={styles.forward} role="group" aria-label={label} onPointerDown={() => (wantsFocus.current = true)}>
      <Segmented label={label} value={kind} options={options} onChange={choose} dirty={dirty} />
      {value.kind === 'number' ? (
        <input
          ref={number}
          className={cx(controlStyles.input, styles.number, dirty && controlStyles.dirty)}
          aria-label={`${label} to`}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? id : undefined}
          inputMode="tel"
          autoComplete="off"
          placeholder="1003"
          value={value.number}
          onChange={(event) => onChange({ kind: 'number', number: event.target.value.replace(/[\s()-]/g, '') })}
        />
      ) : null}
      {error ? <ErrorText id={id}>{error}</ErrorText> : null}
    </div>
  );
}
