import { type Mailbox, type MailboxSettings, mailboxSettings } from '@sfs/rest-contract';
import { useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useId, useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { request } from '../../api/request.ts';
import { ConflictDialog } from '../../edit/conflict-dialog.tsx';
import { LeaveGuard } from '../../edit/leave-guard.tsx';
import { same } from '../../edit/merge-fields.ts';
import { useDraft } from '../../edit/use-draft.ts';
import { Button, controlStyles, ErrorText, Switch } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import { Ladder, Layers } from '../../ui/ladder.tsx';
import { layout, Panel } from '../../ui/layout.tsx';
import { type DiffLine, SaveBar } from '../../ui/save-bar.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import text from '../../ui/text.module.css';
import sets from '../call-settings/settings.module.css';
import { effectiveWith, rungsOf, withSetting } from './mailbox-rungs.ts';
import styles from './mailbox.module.css';
import { mailboxQuery, savedMailbox, updateMailbox } from './voicemail.api.ts';
import { SETTING_HINTS, SETTING_KEYS, SETTING_LABELS, type SettingKey, settingWords } from './voicemail-words.ts';

type Value = MailboxSettings[SettingKey];

export function SettingsTab({ mailbox }: { readonly mailbox: Mailbox }) {
  const client = useQueryClient();
  const remember = (next: Mailbox) => {
    client.setQueryData(mailboxQuery(next.number).queryKey, next);
    for (const queryKey of [['mailboxes'], ['changes']]) void client.invalidateQueries({ queryKey });
    return savedMailbox(next);
  };
  const { number } = mailbox;
  const draft = useDraft<MailboxSettings>({
    saved: savedMailbox(mailbox),
    write: async (value, tag, key) => remember(await updateMailbox(number, value, tag, key)),
    reload: async () => remember(await request('getMailbox', { path: { number } })),
    undoable: true,
  });
  const local = schemaErrors(mailboxSettings, draft.value);
  const errors: Readonly<Record<string, string>> = { ...serverError(draft.error, ...SETTING_KEYS), ...local };
  const words = (key: SettingKey, value: MailboxSettings) => (value[key] === undefined ? `follows: ${settingWords(key, effectiveWith(mailbox, {}, key).inherited)}` : settingWords(key, value[key]));
  return (
    <div className={layout.pad}>
      <Panel title="Settings">
        <ul className={sets.sets}>
          {SETTING_KEYS.map((key) => (
            <Row key={key} mailbox={mailbox} setting={key} saved={draft.base.value} value={draft.value} error={errors[key]} onChange={(value) => draft.change(withSetting(draft.value, key, value))} />
          ))}
        </ul>
      </Panel>
      <SaveSlot>
        <SaveBar lines={diffOf(mailbox, draft.base.value, draft.value)} saving={draft.saving} error={draft.error} outcome={draft.outcome} blocked={Object.values(local)[0]} promise="Takes effect from the next call on" onSave={draft.save} onDiscard={draft.discard} onUndo={draft.undo} />
      </SaveSlot>
      <ConflictDialog subject={`Mailbox ${number} was`} keys={SETTING_KEYS} label={(key) => SETTING_LABELS[key]} words={words} draft={draft} />
      <LeaveGuard dirty={draft.dirty} />
    </div>
  );
}

function diffOf(mailbox: Mailbox, was: MailboxSettings, will: MailboxSettings): readonly DiffLine[] {
  return SETTING_KEYS.filter((key) => !same(was[key], will[key])).map((key) => ({
    label: SETTING_LABELS[key],
    was: settingWords(key, effectiveWith(mailbox, was, key).value),
    will: settingWords(key, effectiveWith(mailbox, will, key).value),
    ...(was[key] === undefined ? { note: 'no longer follows System' } : will[key] === undefined ? { note: 'follows System' } : {}),
  }));
}

interface RowProps {
  readonly mailbox: Mailbox;
  readonly setting: SettingKey;
  readonly saved: MailboxSettings;
  readonly value: MailboxSettings;
  readonly error: string | undefined;
  readonly onChange: (value: Value) => void;
}

function Row({ mailbox, setting, saved, value, error, onChange }: RowProps) {
  const [open, setOpen] = useState(false);
  const label = SETTING_LABELS[setting];
  const rungs = rungsOf(mailbox, value, setting);
  const effective = effectiveWith(mailbox, value, setting);
  const isOwn = value[setting] !== undefined;
  const target = `System: ${settingWords(setting, effective.inherited)}`;
  return (
    <li className={cx(open && sets.open)}>
      <div className={sets.label}>
        {label}
        <p className={cx(text.hint, styles.about)}>{SETTING_HINTS[setting]}</p>
      </div>
      <div className={sets.control}>
        <Control setting={setting} label={label} value={effective.value} dirty={!same(saved[setting], value[setting])} error={error} onChange={onChange} />
      </div>
      <Ladder subject={label} rungs={rungs} own={isOwn} open={open} onToggle={() => setOpen(!open)} />
      {isOwn ? (
        <Button look="ghost" small icon aria-label={`Reset ${label} to ${target}`} title={`Reset to ${target}`} onClick={() => onChange(undefined)}>
          <Undo2 aria-hidden />
        </Button>
      ) : (
        <span />
      )}
      {open ? (
        <div className={sets.layers}>
          <Layers subject={label} rungs={rungs} />
        </div>
      ) : null}
    </li>
  );
}

interface ControlProps {
  readonly setting: SettingKey;
  readonly label: string;
  readonly value: Value;
  readonly dirty: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: Value) => void;
}

function Control({ setting, label, value, dirty, error, onChange }: ControlProps) {
  const id = useId();
  if (setting === 'administratorMayListen') return <Switch label={label} checked={value === true} onChange={onChange} />;
  const described = { 'aria-label': label, 'aria-invalid': error ? true : undefined, 'aria-describedby': error ? id : undefined } as const;
  return (
    <>
      {setting === 'timeZone' ? (
        <>
          <input {...described} className={cx(controlStyles.input, styles.zone, dirty && controlStyles.dirty)} list={`${id}-zones`} autoComplete="off" spellCheck={false} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)} />
          <datalist id={`${id}-zones`}>
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      ) : (
        <>
          <input {...described} className={cx(controlStyles.input, styles.number, dirty && controlStyles.dirty)} type="number" inputMode="numeric" value={Number.isNaN(value) ? '' : Number(value ?? 0)} onChange={(event) => onChange(event.target.valueAsNumber)} />
          <span className={text.muted}>{setting === 'maxMessageSeconds' ? 'seconds' : 'messages'}</span>
        </>
      )}
      {error ? <ErrorText id={id}>{error}</ErrorText> : null}
    </>
  );
}
