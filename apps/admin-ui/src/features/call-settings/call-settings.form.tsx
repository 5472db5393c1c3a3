import type { CallSettingsView } from '@sfs/rest-contract';
import { Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ConflictDialog } from '../../edit/conflict-dialog.tsx';
import { LeaveGuard } from '../../edit/leave-guard.tsx';
import { same } from '../../edit/merge-fields.ts';
import { Button, controlStyles, Switch } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import { Ladder, Layers, type Rung, Rungs } from '../../ui/ladder.tsx';
import { Panel } from '../../ui/layout.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import text from '../../ui/text.module.css';
import type { SettingsOwner } from './call-settings.api.ts';
import { effectiveWith, effectiveWords, inherited, shownValue, withSetting } from './effective.ts';
import { ForwardControl } from './forward-control.tsx';
import styles from './settings.module.css';
import { type LayerName, type LayerNames, layerWords, SETTING_KEYS, SETTING_LABELS, type SettingKey, type SettingValue, settingWords } from './settings-words.ts';
import type { SettingsDraft } from './use-settings-draft.ts';

interface FormProps {
  readonly owner: SettingsOwner;
  readonly view: CallSettingsView;
  readonly names: LayerNames;
  readonly settings: SettingsDraft;
  readonly links?: Readonly<Partial<Record<LayerName, ReactNode>>>;
}

/** Six settings, each with its control, its origin, and the way back to following. */
export function CallSettingsForm(props: FormProps) {
  const shown = props.view.effective.forwardAll.layers.map(({ layer }) => ({ layer, set: false, wins: layer === props.owner.layer }));
  return (
    <Panel
      title="Call settings"
      aside={
        <>
          <Rungs rungs={shown} /> {shown.map(({ layer }) => layerWords(layer)).join(', ')}
        </>
      }
    >
      <ul className={styles.sets}>
        {SETTING_KEYS.map((key) => (
          <Row key={key} {...props} setting={key} />
        ))}
      </ul>
    </Panel>
  );
}

function Row({ setting, owner, view, names, settings, links }: FormProps & { readonly setting: SettingKey }) {
  const [open, setOpen] = useState(false);
  const { draft, errors } = settings;
  const label = SETTING_LABELS[setting];
  const effective = effectiveWith(view, draft.value, setting, owner.layer);
  const rungs: readonly Rung[] = effective.layers.map(({ layer, value }) => ({
    layer,
    name: layerWords(layer, names),
    set: value !== undefined,
    wins: layer === effective.origin,
    words: value === undefined ? settingWords(value) : effectiveWords(setting, { value, origin: layer }),
    link: layer === owner.layer ? undefined : links?.[layer],
  }));
  const isDirty = !same(draft.base.value[setting], draft.value[setting]);
  const isOwn = draft.value[setting] !== undefined;
  const above = inherited(view, setting, owner.layer);
  const target = `${layerWords(above.origin, names)}: ${effectiveWords(setting, above)}`;
  const change = (value: SettingValue | undefined) => draft.change(withSetting(draft.value, setting, value));
  return (
    <li className={cx(open && styles.open)}>
      <div className={styles.label}>{label}</div>
      <div className={styles.control}>
        <Control label={label} value={shownValue(setting, effective)} dirty={isDirty} error={errors[setting]} onChange={change} findMe={rungs.some((rung) => rung.words === 'Find Me')} />
        {isDirty && typeof effective.value === 'number' ? <span className={text.faint}>was {settingWords(effectiveWith(view, draft.base.value, setting, owner.layer).value)}</span> : null}
      </div>
      <Ladder subject={label} rungs={rungs} own={isOwn} open={open} onToggle={() => setOpen(!open)} />
      {isOwn ? (
        <Button look="ghost" small icon aria-label={`Reset ${label} to ${target}`} title={`Reset to ${target}`} onClick={() => change(undefined)}>
          <Undo2 aria-hidden />
        </Button>
      ) : (
        <span />
      )}
      {open ? (
        <div className={styles.layers}>
          <Layers subject={label} rungs={rungs} />
        </div>
      ) : null}
    </li>
  );
}

interface ControlProps {
  readonly label: string;
  readonly value: SettingValue;
  readonly dirty: boolean;
  readonly error: string | undefined;
  readonly findMe: boolean;
  readonly onChange: (value: SettingValue) => void;
}

function Control({ label, value, dirty, error, findMe, onChange }: ControlProps) {
  if (typeof value === 'boolean') return <Switch label={label} checked={value} onChange={onChange} />;
  if (typeof value === 'number') return <Seconds label={label} value={value} dirty={dirty} onChange={onChange} />;
  return <ForwardControl label={label} value={value} dirty={dirty} error={error} findMe={findMe} onChange={onChange} />;
}

export function Seconds({ label, value, dirty, onChange }: { readonly label: string; readonly value: number; readonly dirty: boolean; readonly onChange: (value: number) => void }) {
  return (
    <select className={cx(controlStyles.input, styles.seconds, dirty && controlStyles.dirty)} aria-label={label} value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {Array.from({ length: 12 }, (_, step) => 5 + step * 5).map((seconds) => (
        <option key={seconds} value={seconds}>
          {seconds} s
        </option>
      ))}
    </select>
  );
}

/** Save bar, conflict and leave question belong to one draft. */
export function SettingsSave({ subject, settings }: { readonly subject: string; readonly settings: SettingsDraft }) {
  const { draft, lines, blocked } = settings;
  return (
    <>
      <SaveBar lines={lines} saving={draft.saving} error={draft.error} outcome={draft.outcome} blocked={blocked} onSave={draft.save} onDiscard={draft.discard} onUndo={draft.undo} />
      <ConflictDialog subject={subject} keys={SETTING_KEYS} label={(key) => SETTING_LABELS[key]} words={settings.words} draft={draft} />
      <LeaveGuard dirty={draft.dirty} />
    </>
  );
}
