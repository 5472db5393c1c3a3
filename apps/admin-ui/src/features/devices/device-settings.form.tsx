import { same } from '../../edit/merge-fields.ts';
import { Panel } from '../../ui/layout.tsx';
import sets from '../call-settings/settings.module.css';
import { type DeviceLayerName, effectiveWith, layerWords, rungsOf, SETTING_HINTS, SETTING_KEYS, SETTING_LABELS, type SettingKey, settingWords, type SettingValue, withSetting } from './device-settings-words.ts';
import { SettingControl } from './setting-control.tsx';
import { type DeviceSettingsFormProps, SettingRow } from './setting-row.tsx';
import { VendorParameters } from './vendor-parameters.tsx';

/** What phones are told, each setting with its control, its origin, and the way back to following. */
export function DeviceSettingsForm(props: DeviceSettingsFormProps) {
  return (
    <>
      <Panel title="What the phone is told">
        <ul className={sets.sets}>
          {SETTING_KEYS.map((key) => (
            <Row key={key} {...props} setting={key} />
          ))}
        </ul>
      </Panel>
      <VendorParameters {...props} />
    </>
  );
}

function Row({ setting, own, effective, names = {}, links = {}, saved, value, errors, onChange }: DeviceSettingsFormProps & { readonly setting: SettingKey }) {
  const label = SETTING_LABELS[setting];
  const now = effectiveWith(effective, setting, own, value[setting]);
  const above = effectiveWith(effective, setting, own, undefined);
  const rungs = rungsOf({ effective, name: setting, own, ownValue: value[setting], names, words: (each) => settingWords(setting, each) });
  const change = (next: SettingValue) => onChange(withSetting(value, setting, next));
  return (
    <SettingRow
      label={label}
      about={SETTING_HINTS[setting]}
      rungs={rungs.map((rung) => ({ ...rung, link: rung.layer === own ? undefined : links[rung.layer as DeviceLayerName] }))}
      isOwn={value[setting] !== undefined}
      target={`${layerWords(above.origin, names)}: ${settingWords(setting, above.value)}`}
      onReset={() => change(undefined)}
    >
      <SettingControl setting={setting} label={label} value={now.value as SettingValue} dirty={!same(saved[setting], value[setting])} error={errors[setting] ?? errors[`${setting}.0`]} onChange={change} />
    </SettingRow>
  );
}
