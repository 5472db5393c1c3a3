import { CircleX, Search } from 'lucide-react';
import { type ButtonHTMLAttributes, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, useId } from 'react';
import styles from './controls.module.css';
import { cx } from './cx.ts';

interface Look {
  readonly look?: 'plain' | 'primary' | 'ghost' | 'danger';
  readonly small?: boolean;
  readonly icon?: boolean;
}

export function buttonClass({ look = 'plain', small = false, icon = false }: Look = {}): string {
  return cx(styles.btn, look !== 'plain' && styles[look], small && styles.small, icon && styles.icon);
}

export function Button({ look, small, icon, className, ...rest }: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type="button" {...rest} className={cx(buttonClass({ look, small, icon }), className)} />;
}

export function ErrorText({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <span className={styles.error} id={id}>
      <CircleX aria-hidden />
      <span>{children}</span>
    </span>
  );
}

interface FieldProps {
  readonly label: string;
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
  readonly dirty?: boolean;
}

/** Label, control, and one line beneath: what is wrong and what to do, or a hint. */
export function TextField({ label, error, hint, dirty, className, style, ref, ...rest }: FieldProps & InputHTMLAttributes<HTMLInputElement> & { readonly ref?: Ref<HTMLInputElement> }) {
  const id = useId();
  const described = error || hint ? `${id}-d` : undefined;
  return (
    <div className={styles.field} style={style}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input {...rest} ref={ref} id={id} className={cx(styles.input, dirty && styles.dirty, className)} aria-invalid={error ? true : undefined} aria-describedby={described} />
      {error ? <ErrorText id={described}>{error}</ErrorText> : hint ? <span className={styles.hint} id={described}>{hint}</span> : null}
    </div>
  );
}

export function SelectField({ label, error, hint, dirty, children, style, ...rest }: FieldProps & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  const described = error || hint ? `${id}-d` : undefined;
  return (
    <div className={styles.field} style={style}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select {...rest} id={id} className={cx(styles.input, dirty && styles.dirty)} aria-invalid={error ? true : undefined} aria-describedby={described}>
        {children}
      </select>
      {error ? <ErrorText id={described}>{error}</ErrorText> : hint ? <span className={styles.hint} id={described}>{hint}</span> : null}
    </div>
  );
}

export function SearchField({ label, className, ref, ...rest }: { readonly label: string; readonly ref?: Ref<HTMLInputElement> } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <div className={cx(styles.search, className)}>
      <Search aria-hidden />
      <input type="search" {...rest} ref={ref} className={styles.input} aria-label={label} data-list-search="" />
    </div>
  );
}

interface SegmentedProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
  readonly dirty?: boolean;
}

/** One of a few: radios that look like one control, so arrow keys and screen readers know it. */
export function Segmented<V extends string>({ label, value, options, onChange, dirty }: SegmentedProps<V>) {
  const name = useId();
  return (
    <div className={cx(styles.seg, dirty && styles.dirty)} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </div>
  );
}

export function Switch({ label, checked, onChange, words }: { readonly label: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly words?: readonly [string, string] }) {
  return (
    <span className={styles.switch}>
      <input type="checkbox" role="switch" aria-label={label} checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span aria-hidden>{checked ? (words?.[0] ?? 'On') : (words?.[1] ?? 'Off')}</span>
    </span>
  );
}

export { styles as controlStyles };
