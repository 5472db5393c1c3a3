import { type DeviceLayer, type DeviceProfile, writeDeviceProfile as schema } from '@sfs/rest-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ChevronRight, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { request } from '../../api/request.ts';
import { ConflictDialog } from '../../edit/conflict-dialog.tsx';
import { LeaveGuard } from '../../edit/leave-guard.tsx';
import { useDraft } from '../../edit/use-draft.ts';
import { announce } from '../../ui/announce.ts';
import { Button, buttonClass, TextField } from '../../ui/controls.tsx';
import { Dialog, dialogStyles } from '../../ui/dialog.tsx';
import { count } from '../../ui/formats.ts';
import { layout, Note, PageHead, Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import { Chip } from '../../ui/state.tsx';
import { DeviceSettingsForm } from './device-settings.form.tsx';
import { diffSettings } from './device-settings-words.ts';
import { deleteProfile, layerQuery, profileQuery, putProfile, savedProfile, type WriteProfile } from './profiles.api.ts';
import { settingErrors, settingServerErrors } from './setting-errors.ts';
import { UsedBy } from './used-by.tsx';

export function DeviceProfilePage() {
  const { id } = useParams({ from: '/app/devices/profiles/$id' });
  const profile = useQuery(profileQuery(id));
  const tenant = useQuery(layerQuery(''));
  return (
    <QueryState query={profile} rows={8} back={<Link to="/devices/profiles" className={buttonClass()}>All profiles</Link>}>
      {(data) => <QueryState query={tenant}>{(layer) => <Detail key={data.id} profile={data} tenant={layer} />}</QueryState>}
    </QueryState>
  );
}

function Detail({ profile, tenant }: { readonly profile: DeviceProfile; readonly tenant: DeviceLayer }) {
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <PageHead
        title={profile.name}
        tab={`Device profile ${profile.name}`}
        crumb={
          <>
            <Link to="/devices">Devices</Link>
            <ChevronRight aria-hidden />
            <Link to="/devices/profiles">Profiles</Link>
            <ChevronRight aria-hidden />
            <span>{profile.id}</span>
          </>
        }
        beside={<Chip>{profile.devices === 0 ? 'used by no device' : `used by ${count(profile.devices, 'device')}`}</Chip>}
        actions={
          <Button look="danger" aria-disabled={profile.devices > 0 || undefined} title={profile.devices > 0 ? 'Devices use it; give them another profile first' : undefined} onClick={() => setDeleting(true)}>
            <Trash2 aria-hidden /> Delete…
          </Button>
        }
      />
      <div className={layout.padTight}>
        <Edit profile={profile} tenant={tenant} />
      </div>
      <div id="save-bar" style={{ display: 'contents' }} />
      {deleting ? <DeleteDialog profile={profile} onClose={() => setDeleting(false)} /> : null}
    </>
  );
}

function Edit({ profile, tenant }: { readonly profile: DeviceProfile; readonly tenant: DeviceLayer }) {
  const client = useQueryClient();
  const { id } = profile;
  const remember = (next: DeviceProfile) => {
    client.setQueryData(profileQuery(id).queryKey, next);
    for (const queryKey of [['device-profiles'], ['device'], ['devices'], ['changes']]) void client.invalidateQueries({ queryKey });
    return savedProfile(next);
  };
  const draft = useDraft<WriteProfile>({
    saved: savedProfile(profile),
    write: async (value, tag, key) => remember(await putProfile(id, value, tag, key)),
    reload: async () => remember(await request('getDeviceProfile', { path: { id } })),
    undoable: true,
    done: profile.devices === 0 ? 'Saved. No device uses it yet.' : `Saved. ${count(profile.devices, 'phone is', 'phones are')} asked to fetch.`,
  });
  const local = schemaErrors(schema, draft.value);
  const diff = { effective: tenant.effective, own: 'profile', names: {} } as const;
  const nameChange = draft.value.name === draft.base.value.name ? [] : [{ label: 'Name', was: draft.base.value.name, will: draft.value.name }];
  const words = (key: keyof WriteProfile, value: WriteProfile) => (key === 'name' ? value.name : diffSettings({}, value.settings, diff).map(({ label, will }) => `${label.toLowerCase()} ${will}`).join(', ') || 'nothing set');
  return (
    <div className={layout.stack} style={{ maxWidth: 860 }}>
      <Panel title="Profile">
        <div className={layout.body}>
          <div className={layout.fields}>
            <TextField label="Name" value={draft.value.name} error={serverError(draft.error, 'name').name ?? local.name} dirty={nameChange.length > 0} onChange={(event) => draft.change({ ...draft.value, name: event.target.value })} />
          </div>
        </div>
      </Panel>
      <DeviceSettingsForm
        own="profile"
        effective={tenant.effective}
        links={{ tenant: <Link to="/system" search={{ tab: 'device-settings' }}>Tenant</Link> }}
        saved={draft.base.value.settings}
        value={draft.value.settings}
        errors={{ ...settingServerErrors(draft.error), ...settingErrors(draft.value.settings) }}
        onChange={(settings) => draft.change({ ...draft.value, settings })}
      />
      <Note>Where the profile says nothing, the site of the number decides, then the tenant. What is shown for those is the tenant&apos;s; a site may say otherwise.</Note>
      <UsedBy profileId={id} />
      <SaveSlot>
        <SaveBar lines={[...nameChange, ...diffSettings(draft.base.value.settings, draft.value.settings, diff)]} saving={draft.saving} error={draft.error} outcome={draft.outcome} blocked={Object.values(local)[0]} promise={profile.devices === 0 ? 'No device uses it yet' : `${count(profile.devices, 'phone is', 'phones are')} asked to fetch after saving`} onSave={draft.save} onDiscard={draft.discard} onUndo={draft.undo} />
      </SaveSlot>
      <ConflictDialog subject={`Device profile ${profile.name} was`} keys={['name', 'settings']} label={(key) => (key === 'name' ? 'Name' : 'Settings')} words={words} draft={draft} />
      <LeaveGuard dirty={draft.dirty} />
    </div>
  );
}

function DeleteDialog({ profile, onClose }: { readonly profile: DeviceProfile; readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteProfile(profile),
    onSuccess: async () => {
      announce(`Device profile ${profile.name} is deleted`);
      await navigate({ to: '/devices/profiles' });
      client.removeQueries({ queryKey: profileQuery(profile.id).queryKey });
      void client.invalidateQueries({ queryKey: ['device-profiles'] });
    },
  });
  if (profile.devices > 0)
    return (
      <Dialog
        title={`${profile.name} is in use`}
        intro={`${count(profile.devices, 'device uses', 'devices use')} it. Give ${profile.devices === 1 ? 'it' : 'them'} another profile, or none, and delete it then.`}
        onClose={onClose}
        foot={
          <span className={dialogStyles.footEnd}>
            <Button onClick={onClose}>Close</Button>
          </span>
        }
      />
    );
  return (
    <Dialog
      alert
      title={`Delete ${profile.name}?`}
      intro="No device uses it. The history stays."
      onClose={onClose}
      foot={
        <span className={dialogStyles.footEnd}>
          <Button onClick={onClose}>Keep</Button>
          <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
            Delete {profile.name}
          </Button>
        </span>
      }
    >
      {remove.error ? (
        <Note kind="bad" alert>
          <b>{wordsOf(remove.error).what}</b> {wordsOf(remove.error).next}
        </Note>
      ) : null}
    </Dialog>
  );
}
