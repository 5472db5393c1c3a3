import { type Device, writeDevice as schema } from '@sfs/rest-contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { request } from '../../api/request.ts';
import { ConflictDialog } from '../../edit/conflict-dialog.tsx';
import { LeaveGuard } from '../../edit/leave-guard.tsx';
import { same } from '../../edit/merge-fields.ts';
import { type Draft, useDraft } from '../../edit/use-draft.ts';
import { siteWords, useScope } from '../../shell/scope.ts';
import { SelectField, TextField } from '../../ui/controls.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { type DiffLine, SaveBar } from '../../ui/save-bar.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import { DeviceSettingsForm } from './device-settings.form.tsx';
import { diffSettings } from './device-settings-words.ts';
import { macWords, minutesWords } from './device-words.ts';
import { deviceQuery, packsQuery, refreshDevices, savedDevice, updateDevice, WINDOW_MINUTES, type WriteDevice } from './devices.api.ts';
import { ModelField } from './model-field.tsx';
import { NumberPicker } from './number-picker.tsx';
import { profilesQuery } from './profiles.api.ts';
import { settingErrors, settingServerErrors } from './setting-errors.ts';
import { useSiteOf } from './use-site-of.ts';

const FIELDS = ['label', 'model', 'switchId', 'number', 'profileId', 'settings'] as const satisfies readonly (keyof WriteDevice)[];
const LABELS: Readonly<Record<keyof WriteDevice, string>> = { label: 'Label', model: 'Model', switchId: 'Switch', number: 'Number', profileId: 'Device profile', settings: 'Settings of this device' };

/** What the device is and what is set for it: one save for both. */
export function DeviceSettingsTab({ device }: { readonly device: Device }) {
  const client = useQueryClient();
  const profiles = useQuery(profilesQuery).data ?? [];
  const remember = (next: Device) => {
    client.setQueryData(deviceQuery(next.mac).queryKey, next);
    refreshDevices(client, next.mac);
    return savedDevice(next);
  };
  const draft = useDraft<WriteDevice>({
    saved: savedDevice(device),
    write: async (value, tag, key) => remember(await updateDevice(device.mac, value, tag, key)),
    reload: async () => remember(await request('getDevice', { path: { mac: device.mac } })),
    undoable: true,
    done: 'Saved. If that changes its file, the phone is asked to fetch it.',
  });
  const local = schemaErrors(schema, draft.value);
  const names = useLayerNames(device, profiles);
  const errors = { ...settingServerErrors(draft.error), ...settingErrors(draft.value.settings) };
  const words = (key: keyof WriteDevice, value: WriteDevice) => (key === 'settings' ? settingsInWords(value, device) : fieldWords(key, value[key], profiles));
  return (
    <div className={layout.stack} style={{ maxWidth: 860 }}>
      <What device={device} draft={draft} errors={{ ...serverError(draft.error, ...FIELDS), ...local }} />
      <DeviceSettingsForm own="device" effective={device.effective} names={names} links={useLayerLinks(device)} saved={draft.base.value.settings} value={draft.value.settings} errors={errors} onChange={(settings) => draft.change({ ...draft.value, settings })} />
      <SaveSlot>
        <SaveBar lines={[...whatDiff(draft, profiles), ...diffSettings(draft.base.value.settings, draft.value.settings, { effective: device.effective, own: 'device', names })]} saving={draft.saving} error={draft.error} outcome={draft.outcome} blocked={Object.values(local)[0]} promise="The phone is asked to fetch right after saving" onSave={draft.save} onDiscard={draft.discard} onUndo={draft.undo} />
      </SaveSlot>
      <ConflictDialog subject={`Device ${macWords(device.mac)} was`} keys={FIELDS} label={(key) => LABELS[key]} words={words} draft={draft} />
      <LeaveGuard dirty={draft.dirty} />
    </div>
  );
}

type Profiles = readonly { readonly id: string; readonly name: string }[];

function fieldWords(key: keyof WriteDevice, value: unknown, profiles: Profiles): string {
  if (key === 'profileId') return profiles.find(({ id }) => id === value)?.name ?? (String(value) || 'none');
  return String(value) || (key === 'label' ? 'none, called by its model' : 'none');
}

function settingsInWords({ settings }: WriteDevice, { effective }: Device): string {
  return diffSettings({}, settings, { effective, own: 'device', names: {} }).map(({ label, will }) => `${label.toLowerCase()} ${will}`).join(', ') || 'nothing set here';
}

function whatDiff({ base, value }: Draft<WriteDevice>, profiles: Profiles): readonly DiffLine[] {
  const changed = FIELDS.filter((key) => key !== 'settings' && !same(base.value[key], value[key]));
  return changed.map((key) => ({
    label: LABELS[key],
    was: fieldWords(key, base.value[key], profiles),
    will: fieldWords(key, value[key], profiles),
    ...(key === 'number' && value.number ? { note: `opens the enrolment window for ${minutesWords(WINDOW_MINUTES)}` } : {}),
  }));
}

function useLayerNames({ switchId, profileId }: Device, profiles: Profiles) {
  const { sites } = useScope();
  const site = useSiteOf(switchId);
  const profile = profiles.find(({ id }) => id === profileId)?.name;
  return { ...(site ? { site: `Site ${siteWords(site, sites)}` } : {}), ...(profile ? { profile: `Profile ${profile}` } : {}) };
}

function useLayerLinks({ switchId, profileId }: Device) {
  const site = useSiteOf(switchId);
  return {
    tenant: (
      <Link to="/system" search={{ tab: 'device-settings' }}>
        Tenant
      </Link>
    ),
    ...(site
      ? {
          site: (
            <Link to="/system" search={{ tab: 'device-settings', site }}>
              Site
            </Link>
          ),
        }
      : {}),
    ...(profileId
      ? {
          profile: (
            <Link to="/devices/profiles/$id" params={{ id: profileId }}>
              Profile
            </Link>
          ),
        }
      : {}),
  };
}

function What({ device, draft, errors }: { readonly device: Device; readonly draft: Draft<WriteDevice>; readonly errors: Readonly<Record<string, string>> }) {
  const packs = useQuery(packsQuery).data ?? [];
  const profiles = useQuery(profilesQuery).data ?? [];
  const { switches, sites, switchId: current } = useScope();
  const { value, base } = draft;
  const change = (part: Partial<WriteDevice>) => draft.change({ ...value, ...part });
  const [chosen, setChosen] = useState('');
  const switchId = chosen || value.switchId || current;
  const isNewNumber = value.number !== '' && (value.number !== base.value.number || value.switchId !== base.value.switchId);
  return (
    <Panel title="What it is">
      <div className={`${layout.body} ${layout.stack}`}>
        <div className={layout.fields}>
          {switches.length > 1 ? (
            <SelectField label="Switch" value={switchId} error={errors.switchId} dirty={value.number !== '' && value.switchId !== base.value.switchId} onChange={(event) => {
                setChosen(event.target.value);
                change({ switchId: '', number: '' });
              }}>
              {switches.map((each) => (
                <option key={each.id} value={each.id}>
                  {siteWords(each.siteId, sites)} · {each.id}
                </option>
              ))}
            </SelectField>
          ) : null}
          <NumberPicker key={switchId} label="Number" switchId={switchId} number={value.number} error={errors.number} onPick={(number) => change({ number, switchId: number ? switchId : '' })} />
          <SelectField label="Device profile" value={value.profileId} error={errors.profileId} dirty={value.profileId !== base.value.profileId} onChange={(event) => change({ profileId: event.target.value })}>
            <option value="">none, site and tenant decide</option>
            {profiles.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </SelectField>
          <ModelField packs={packs} vendor={device.vendor} value={value.model ? `${device.vendor}/${value.model}` : ''} error={errors.model} dirty={value.model !== base.value.model} onChange={(next) => change({ model: next.split('/')[1] ?? '' })} />
          <TextField label="Label" value={value.label} error={errors.label} dirty={value.label !== base.value.label} onChange={(event) => change({ label: event.target.value })} />
        </div>
        {isNewNumber ? (
          <Note>
            <b>A new number opens the enrolment window for {minutesWords(WINDOW_MINUTES)}</b> when it is saved. The phone fetches with its credential all the same; the window is for one that has none.
          </Note>
        ) : null}
      </div>
    </Panel>
  );
}
