import { useId } from 'react';
import { controlStyles, ErrorText, Segmented } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import text from '../../ui/text.module.css';
import { codecWords, LANGUAGES, languageWords, type SettingKey, type SettingValue } from './device-settings-words.ts';
import styles from './devices.module.css';

interface ControlProps {
  readonly setting: SettingKey;
  readonly label: string;
  readonly value: SettingValue;
  readonly dirty: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: SettingValue) => void;
}

const UNITS: Readonly<Partial<Record<SettingKey, string>>> = { registerSeconds: 'seconds', checkMinutes: 'minutes' };
const TRANSPORTS = [
  { value: 'udp', label: 'UDP' },
  { value: 'tcp', label: 'TCP' },
] as const;

export function SettingControl(props: ControlProps) {
  const { setting, label, value, dirty, error, onChange } = props;
  const id = useId();
  if (setting === 'transport') return <Segmented label={label} value={value === 'tcp' ? 'tcp' : 'udp'} options={TRANSPORTS} dirty={dirty} onChange={onChange} />;
  if (setting === 'codecs') return <Codecs {...props} />;
  return (
    <>
      <Field {...props} id={id} />
      {error ? <ErrorText id={id}>{error}</ErrorText> : null}
    </>
  );
}

function Field({ setting, label, value, dirty, error, onChange, id }: ControlProps & { readonly id: string }) {
  const unit = UNITS[setting];
  const common = { 'aria-label': label, 'aria-invalid': error ? true : undefined, 'aria-describedby': error ? id : undefined, className: cx(controlStyles.input, unit ? styles.number : styles.medium, dirty && controlStyles.dirty) } as const;
  if (setting === 'language')
    return (
      <select {...common} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)}>
        {[...new Set([...LANGUAGES, String(value ?? 'en')])].map((code) => (
          <option key={code} value={code}>
            {languageWords(code)}
          </option>
        ))}
      </select>
    );
  if (unit)
    return (
      <>
        <input {...common} type="number" inputMode="numeric" value={Number.isNaN(value) ? '' : Number(value ?? 0)} onChange={(event) => onChange(event.target.valueAsNumber)} />
        <span className={text.muted}>{unit}</span>
      </>
    );
  const typed = { ...common, autoComplete: 'off', autoCapitalize: 'none', spellCheck: false, value: String(value ?? '') } as const;
  if (setting !== 'timeZone') return <input {...typed} inputMode={setting === 'voicemailNumber' ? 'tel' : undefined} onChange={(event) => onChange(event.target.value)} />;
  return (
    <>
      <input {...typed} list={`${id}-zones`} onChange={(event) => onChange(event.target.value)} />
      <datalist id={`${id}-zones`}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

const ALL_CODECS = ['pcma', 'pcmu', 'g722'] as const;

/** First choice, second, third; the same codec is never offered twice. */
function Codecs({ label, value, dirty, error, onChange }: ControlProps) {
  const chosen = Array.isArray(value) ? (value as readonly (typeof ALL_CODECS)[number][]) : [];
  const put = (at: number, codec: string) => {
    const next = chosen.map((each, index) => (index === at ? codec : each));
    if (at === chosen.length) next.push(codec);
    onChange(ALL_CODECS.filter((each) => next.includes(each)).sort((a, b) => next.indexOf(a) - next.indexOf(b)));
  };
  return (
    <>
      <span className={styles.codecs} role="group" aria-label={label}>
        {[...chosen, ...(chosen.length < ALL_CODECS.length ? [''] : [])].map((codec, at) => (
          <select key={at} className={cx(controlStyles.input, styles.codec, dirty && controlStyles.dirty)} aria-label={`Codec ${at + 1}`} value={codec} onChange={(event) => put(at, event.target.value)}>
            {at > 0 || codec === '' ? <option value="">none</option> : null}
            {ALL_CODECS.filter((each) => each === codec || !chosen.includes(each)).map((each) => (
              <option key={each} value={each}>
                {codecWords(each)}
              </option>
            ))}
          </select>
        ))}
      </span>
      {error ? <ErrorText>{error}</ErrorText> : null}
    </>
  );
}
