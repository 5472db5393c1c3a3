import { type WriteSwitchSettings, writeSwitchSettings } from '@sfs/rest-contract';
import { useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { ConflictDialog } from '../../edit/conflict-dialog.tsx';
import { LeaveGuard } from '../../edit/leave-guard.tsx';
import { same } from '../../edit/merge-fields.ts';
import { useDraft } from '../../edit/use-draft.ts';
import { Button, SelectField, Switch, TextField } from '../../ui/controls.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import text from '../../ui/text.module.css';
import { dialPlanQuery, putSettings, readPlan, savedSettings } from './dial-plan.api.ts';
import styles from './dial-plan.module.css';
import { EmergencyField } from './emergency-field.tsx';
import { Finding } from './issue-chip.tsx';
import type { TabProps } from './partitions-tab.tsx';
import { SETTINGS_LABELS, settingsWords } from './plan-words.ts';
import { VoicemailFields } from './voicemail-fields.tsx';

const KEYS = ['active', 'defaultProfileId', 'inboundProfileId', 'maxForwards', 'emergency', 'trunks', 'voicemail'] as const satisfies readonly (keyof WriteSwitchSettings)[];

interface PartProps {
  readonly value: WriteSwitchSettings;
  readonly base: WriteSwitchSettings;
  readonly errors: Readonly<Record<string, string>>;
  readonly set: (part: Partial<WriteSwitchSettings>) => void;
}

export function SettingsTab({ plan, switchId }: TabProps) {
  const client = useQueryClient();
  const draft = useDraft<WriteSwitchSettings>({
    saved: savedSettings(plan.settings),
    write: async (value, tag, key) => {
      const saved = await putSettings(switchId, value, tag, key);
      await client.invalidateQueries({ queryKey: dialPlanQuery(switchId).queryKey });
      return savedSettings(saved);
    },
    reload: async () => {
      const next = await readPlan(switchId);
      client.setQueryData(dialPlanQuery(switchId).queryKey, next);
      return savedSettings(next.settings);
    },
    thing: (version) => ({ kind: 'switch-settings', entityId: switchId, version }),
    undoable: true,
  });
  const { value } = draft;
  const base = draft.base.value;
  const local = schemaErrors(writeSwitchSettings, value);
  const errors = { ...local, ...serverError(draft.error, 'emergency.trunk', 'emergency.numbers', 'defaultProfileId', 'inboundProfileId', 'maxForwards', ...value.trunks.flatMap((_, at) => [`trunks.${at}.name`, `trunks.${at}.uri`]), 'voicemail.accessNumber', ...value.voicemail.targets.map((_, at) => `voicemail.targets.${at}`)) };
  const lines = KEYS.filter((key) => !same(base[key], value[key])).map((key) => ({ label: SETTINGS_LABELS[key], was: settingsWords(key, base), will: settingsWords(key, value) }));
  const part: PartProps = { value, base, errors, set: (next) => draft.change({ ...value, ...next }) };
  const issues = plan.issues.filter((issue) => issue.partitionId === '');
  return (
    <div className={layout.padTight}>
      <div className={layout.stack} style={{ maxWidth: 760 }}>
        {issues.map((issue) => (
          <Finding key={`${issue.code}-${issue.message}`} issue={issue} />
        ))}
        <General {...part} profiles={plan.callingProfiles} />
        <Emergency {...part} />
        <Trunks {...part} />
        <VoicemailFields value={value.voicemail} base={base.voicemail} errors={errors} onChange={(voicemail) => part.set({ voicemail })} />
      </div>
      <SaveSlot>
        <SaveBar lines={lines} saving={draft.saving} error={draft.error} outcome={draft.outcome} blocked={Object.values(local)[0]} onSave={draft.save} onDiscard={draft.discard} onUndo={draft.undo} />
      </SaveSlot>
      <ConflictDialog subject={`Dial plan settings of ${switchId} were`} keys={KEYS} label={(key) => SETTINGS_LABELS[key]} words={settingsWords} draft={draft} />
      <LeaveGuard dirty={draft.dirty} />
    </div>
  );
}

function General({ value, base, errors, set, profiles }: PartProps & { readonly profiles: TabProps['plan']['callingProfiles'] }) {
  const options = (
    <>
      <option value="">none: emergency numbers only</option>
      {profiles.map((profile) => (
        <option key={profile.id} value={profile.id}>
          {profile.name}
        </option>
      ))}
    </>
  );
  return (
    <Panel title="Switch" aside={<Switch label="Dial plan decides calls" checked={value.active} words={['Decides calls', 'Off, own rules of the SIP server']} onChange={(active) => set({ active })} />}>
      <div className={`${layout.body} ${layout.row} ${layout.wrap}`} style={{ alignItems: 'flex-start', gap: 'var(--s-4)' }}>
        <div className={styles.name}>
          <SelectField label="Default profile" value={value.defaultProfileId} dirty={value.defaultProfileId !== base.defaultProfileId} error={errors.defaultProfileId} hint="For users without one of their own." onChange={(event) => set({ defaultProfileId: event.target.value })}>
            {options}
          </SelectField>
        </div>
        <div className={styles.name}>
          <SelectField label="Inbound profile" value={value.inboundProfileId} dirty={value.inboundProfileId !== base.inboundProfileId} error={errors.inboundProfileId} hint="For calls that come from a trunk." onChange={(event) => set({ inboundProfileId: event.target.value })}>
            {options}
          </SelectField>
        </div>
        <div className={styles.narrow}>
          <TextField label="Forwards at most" inputMode="numeric" value={String(value.maxForwards)} dirty={value.maxForwards !== base.maxForwards} error={errors.maxForwards} hint="1 to 20, then 483." onChange={(event) => set({ maxForwards: Number(event.target.value.replace(/\D/g, '')) })} />
        </div>
      </div>
    </Panel>
  );
}

function Emergency({ value, base, errors, set }: PartProps) {
  const { emergency, trunks } = value;
  return (
    <Panel title="Emergency" aside="Decided first, no pattern can take them">
      <div className={`${layout.body} ${layout.stack}`}>
        {emergency.numbers.length === 0 ? <Note kind="warn">No emergency numbers: 112 or 911 is decided like any other number.</Note> : null}
        <div className={layout.row} style={{ alignItems: 'flex-start', flexWrap: 'wrap', gap: 'var(--s-4)' }}>
          <EmergencyField numbers={emergency.numbers} dirty={!same(emergency.numbers, base.emergency.numbers)} error={Object.entries(errors).find(([field]) => field.startsWith('emergency.numbers'))?.[1]} onChange={(numbers) => set({ emergency: { ...emergency, numbers } })} />
          <div className={styles.name}>
            <SelectField label="Goes out over" value={emergency.trunk} dirty={emergency.trunk !== base.emergency.trunk} error={errors['emergency.trunk']} onChange={(event) => set({ emergency: { ...emergency, trunk: event.target.value } })}>
              <option value="">no trunk</option>
              {trunks.map((trunk) => (
                <option key={trunk.name}>{trunk.name}</option>
              ))}
            </SelectField>
          </div>
        </div>
      </div>
    </Panel>
  );
}

function Trunks({ value, base, errors, set }: PartProps) {
  const { trunks } = value;
  const replace = (at: number, next: Partial<(typeof trunks)[number]>) => set({ trunks: trunks.map((trunk, index) => (index === at ? { ...trunk, ...next } : trunk)) });
  return (
    <Panel
      title="Trunks"
      aside={
        <Button small onClick={() => set({ trunks: [...trunks, { name: '', uri: 'sip:' }] })}>
          <Plus aria-hidden /> Add a trunk
        </Button>
      }
    >
      <div className={layout.body}>
        {trunks.length === 0 ? <p className={text.muted}>None. Calls cannot leave this switch, emergency calls neither.</p> : null}
        {trunks.map((trunk, at) => (
          <div key={at} className={styles.trunkRow} role="group" aria-label={`Trunk ${trunk.name || at + 1}`}>
            <TextField label="Name" value={trunk.name} dirty={trunk.name !== base.trunks[at]?.name} error={errors[`trunks.${at}.name`]} onChange={(event) => replace(at, { name: event.target.value })} />
            <TextField label="SIP address" spellCheck={false} value={trunk.uri} dirty={trunk.uri !== base.trunks[at]?.uri} error={errors[`trunks.${at}.uri`]} onChange={(event) => replace(at, { uri: event.target.value })} />
            <Button look="ghost" icon style={{ marginTop: 23 }} aria-label={`Remove trunk ${trunk.name || at + 1}`} onClick={() => set({ trunks: trunks.filter((_, index) => index !== at) })}>
              <X aria-hidden />
            </Button>
          </div>
        ))}
      </div>
    </Panel>
  );
}
