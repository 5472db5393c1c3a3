import type { CallingProfile, DialPlan } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ListChecks, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '../../api/problem-words.ts';
import { ConflictDialog } from '../../edit/conflict-dialog.tsx';
import { LeaveGuard } from '../../edit/leave-guard.tsx';
import { same } from '../../edit/merge-fields.ts';
import { useDraft } from '../../edit/use-draft.ts';
import { Button, buttonClass, SelectField, TextField } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { count } from '../../ui/formats.ts';
import { layout, Note } from '../../ui/layout.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import text from '../../ui/text.module.css';
import { deleteProfile, dialPlanQuery, proposeId, putProfile, readPlan, savedProfile, type WriteProfile } from './dial-plan.api.ts';
import styles from './dial-plan.module.css';
import { NEW, type TabProps } from './partitions-tab.tsx';
import { actionWords, listDiff } from './plan-words.ts';

const LABELS: Readonly<Record<keyof WriteProfile, string>> = { name: 'Name', partitionIds: 'Partitions' };
const KEYS = ['name', 'partitionIds'] as const;

export function ProfilesTab({ plan, switchId }: TabProps) {
  const { profile: asked } = useSearch({ from: '/app/dial-plan' });
  const navigate = useNavigate();
  const isNew = asked === NEW;
  const current = isNew ? undefined : (plan.callingProfiles.find((each) => each.id === asked) ?? plan.callingProfiles[0]);
  return (
    <div className={styles.split}>
      <div className={styles.side}>
        <div className={styles.picker}>
          <SelectField label="Calling profile" value={isNew ? NEW : (current?.id ?? '')} onChange={(event) => void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, profile: event.target.value }) })}>
            {isNew ? <option value={NEW}>New profile</option> : null}
            {plan.callingProfiles.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </SelectField>
        </div>
        <ul className={styles.list} aria-label="Calling profiles">
          {plan.callingProfiles.map((each) => (
            <li key={each.id}>
              <Link to="." search={(before: Record<string, unknown>) => ({ ...before, profile: each.id })} aria-current={each.id === current?.id ? 'true' : undefined} activeProps={{}}>
                <b>{each.name}</b>
                <span />
                <small>{count(each.partitionIds.length, 'partition')}</small>
                <small style={{ gridColumn: 2, textAlign: 'right' }}>{roleOf(each, plan)}</small>
              </Link>
            </li>
          ))}
        </ul>
        <Link to="." search={(before: Record<string, unknown>) => ({ ...before, profile: NEW })} className={buttonClass({ look: 'ghost', small: true })} activeProps={{}}>
          <Plus aria-hidden /> New profile
        </Link>
      </div>
      <div className={styles.detail}>
        {isNew ? <NewProfile switchId={switchId} /> : null}
        {current ? <ProfileForm key={current.id} profile={current} plan={plan} switchId={switchId} /> : null}
        {!isNew && !current ? (
          <Empty icon={ListChecks} title="No calling profiles yet">
            A calling profile says which partitions its users may dial. Until there is one, only emergency numbers can be dialled.
          </Empty>
        ) : null}
      </div>
    </div>
  );
}

function roleOf(profile: CallingProfile, { settings }: DialPlan): string {
  if (profile.id === settings.defaultProfileId) return 'Default';
  return profile.id === settings.inboundProfileId ? 'Inbound' : '';
}

function ProfileForm({ profile, plan, switchId }: TabProps & { readonly profile: CallingProfile }) {
  const client = useQueryClient();
  const draft = useDraft<WriteProfile>({
    saved: savedProfile(profile),
    write: async (value, tag, key) => {
      const saved = await putProfile(switchId, profile.id, value, tag, key);
      await client.invalidateQueries({ queryKey: dialPlanQuery(switchId).queryKey });
      return savedProfile(saved);
    },
    reload: async () => {
      const next = await readPlan(switchId);
      client.setQueryData(dialPlanQuery(switchId).queryKey, next);
      return savedProfile(next.callingProfiles.find((each) => each.id === profile.id) ?? profile);
    },
    thing: (version) => ({ kind: 'calling-profile', entityId: `${switchId}/${profile.id}`, version }),
    undoable: true,
  });
  const { value, base } = draft;
  const nameOf = (id: string) => plan.partitions.find((each) => each.id === id)?.name ?? id;
  const names = (ids: readonly string[]) => ids.map(nameOf);
  const words = (key: keyof WriteProfile, of: WriteProfile) => (key === 'name' ? of.name : names(of.partitionIds).join(', ') || 'none');
  const lines = KEYS.filter((key) => !same(base.value[key], value[key])).map((key) => ({ label: LABELS[key], ...(key === 'name' ? { was: base.value.name, will: value.name } : listDiff(names(base.value.partitionIds), names(value.partitionIds))) }));
  const toggle = (id: string) => draft.change({ ...value, partitionIds: value.partitionIds.includes(id) ? value.partitionIds.filter((each) => each !== id) : [...value.partitionIds, id] });
  return (
    <>
      <div className={styles.detailHead}>
        <h2>{base.value.name}</h2>
        <span className={text.faint}>The closest pattern of all ticked partitions wins, whatever their order.</span>
        <span className={layout.right}>
          <DeleteProfile profile={profile} switchId={switchId} role={roleOf(profile, plan)} />
        </span>
      </div>
      <div className={styles.fields}>
        <div className={styles.name}>
          <TextField label="Name" value={value.name} dirty={value.name !== base.value.name} error={value.name.trim() ? undefined : 'Enter a name.'} onChange={(event) => draft.change({ ...value, name: event.target.value })} />
        </div>
      </div>
      <fieldset className={styles.checks} aria-label="Partitions of this profile">
        {plan.partitions.map((each) => (
          <label key={each.id}>
            <input type="checkbox" checked={value.partitionIds.includes(each.id)} onChange={() => toggle(each.id)} />
            <span>
              {each.name} <small>{each.active ? actionWords(each.action) : 'inactive'}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <SaveSlot>
        <SaveBar lines={lines} saving={draft.saving} error={draft.error} outcome={draft.outcome} blocked={value.name.trim() ? undefined : 'Enter a name.'} onSave={draft.save} onDiscard={draft.discard} onUndo={draft.undo} />
      </SaveSlot>
      <ConflictDialog subject={`Calling profile ${base.value.name} was`} keys={KEYS} label={(key) => LABELS[key]} words={words} draft={draft} />
      <LeaveGuard dirty={draft.dirty} />
    </>
  );
}

function DeleteProfile({ profile, switchId, role }: { readonly profile: CallingProfile; readonly switchId: string; readonly role: string }) {
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteProfile(switchId, profile),
    onSuccess: () => client.invalidateQueries({ queryKey: dialPlanQuery(switchId).queryKey }),
  });
  return (
    <>
      <Button look="ghost" small aria-disabled={Boolean(role) || remove.isPending || undefined} title={role ? `${role} profile of the switch: choose another in the settings first` : undefined} onClick={() => !role && remove.mutate()}>
        <Trash2 aria-hidden /> Delete<span className={text.sr}> profile {profile.name}</span>
      </Button>
      {remove.error ? (
        <Note kind="bad" alert>
          <b>{wordsOf(remove.error).what}</b> {wordsOf(remove.error).next}
        </Note>
      ) : null}
    </>
  );
}

function NewProfile({ switchId }: { readonly switchId: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const id = proposeId(name);
  const create = useMutation({
    mutationFn: () => putProfile(switchId, id, { name: name.trim(), partitionIds: [] }, ''),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: dialPlanQuery(switchId).queryKey });
      await navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, profile: id }) });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (id) create.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className={styles.detailHead}>
        <h2>New calling profile</h2>
      </div>
      <div className={styles.add}>
        <div className={styles.addField}>
          <TextField label="Name" autoFocus value={name} error={tried && !id ? 'Enter a name that has a letter.' : create.error ? wordsOf(create.error).what : undefined} hint={id ? `Its id becomes ${id}. Partitions come next.` : 'For example Staff Berlin.'} onChange={(event) => setName(event.target.value)} />
        </div>
        <Button type="submit" look="primary" disabled={create.isPending}>
          Create profile
        </Button>
      </div>
    </form>
  );
}
