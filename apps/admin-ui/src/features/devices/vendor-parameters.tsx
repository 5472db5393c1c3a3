import { useState } from 'react';
import { same } from '../../edit/merge-fields.ts';
import { Button, controlStyles, ErrorText, TextField } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import { layout, Panel } from '../../ui/layout.tsx';
import text from '../../ui/text.module.css';
import sets from '../call-settings/settings.module.css';
import { effectiveWith, layerWords, parameterNames, rungsOf, withParameter } from './device-settings-words.ts';
import styles from './devices.module.css';
import { settingErrors } from './setting-errors.ts';
import { type DeviceSettingsFormProps, SettingRow } from './setting-row.tsx';

/** What the vendor's manual says and we have no word for: names as they are, overruling what we would say. */
export function VendorParameters(props: DeviceSettingsFormProps) {
  const { effective, own, value, onChange } = props;
  const names = parameterNames(effective, value, own);
  return (
    <Panel title="Vendor parameters" aside="overrule everything above">
      {names.length ? (
        <ul className={sets.sets}>
          {names.map((name) => (
            <Parameter key={name} {...props} name={name} />
          ))}
        </ul>
      ) : (
        <div className={layout.body}>
          <p className={text.muted}>None. A name of the vendor&apos;s manual with a value goes into the file as it is.</p>
        </div>
      )}
      <AddParameter taken={Object.keys(value.vendorParameters ?? {})} onAdd={(name, text) => onChange(withParameter(value, name, text))} />
    </Panel>
  );
}

function Parameter({ name, own, effective, names = {}, saved, value, errors, onChange }: DeviceSettingsFormProps & { readonly name: string }) {
  const path = `vendorParameters.${name}`;
  const mine = value.vendorParameters?.[name];
  const words = (each: unknown) => (each === undefined ? 'not set' : String(each) || 'empty');
  const above = effectiveWith(effective, path, own, undefined);
  const shown = effectiveWith(effective, path, own, mine).value;
  const isDirty = !same(saved.vendorParameters?.[name], mine);
  return (
    <SettingRow
      label={name}
      mono
      rungs={rungsOf({ effective, name: path, own, ownValue: mine, names, words })}
      isOwn={mine !== undefined}
      target={above.value === undefined ? 'not set' : `${layerWords(above.origin, names)}: ${words(above.value)}`}
      onReset={() => onChange(withParameter(value, name, undefined))}
    >
      <input className={cx(controlStyles.input, styles.medium, text.mono, isDirty && controlStyles.dirty)} aria-label={name} aria-invalid={errors[path] ? true : undefined} autoComplete="off" autoCapitalize="none" spellCheck={false} value={String(shown ?? '')} onChange={(event) => onChange(withParameter(value, name, event.target.value))} />
      {errors[path] ? <ErrorText>{errors[path]}</ErrorText> : null}
    </SettingRow>
  );
}

function AddParameter({ taken, onAdd }: { readonly taken: readonly string[]; readonly onAdd: (name: string, value: string) => void }) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [tried, setTried] = useState(false);
  const fault = !name ? 'Enter a name.' : taken.includes(name) ? 'It is set above.' : Object.values(settingErrors({ vendorParameters: { [name]: value } }))[0];
  const add = () => {
    setTried(true);
    if (fault) return;
    onAdd(name, value);
    setName('');
    setValue('');
    setTried(false);
  };
  return (
    <div className={cx(styles.addParameter, layout.ruled)}>
      <TextField label="Add a parameter" value={name} error={tried ? fault : undefined} placeholder="name as in the manual" autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => setName(event.target.value)} />
      <TextField label="Value" value={value} autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => setValue(event.target.value)} />
      <Button onClick={add}>Add parameter</Button>
    </div>
  );
}
