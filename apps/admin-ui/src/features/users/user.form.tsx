import type { WriteUser } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { dialPlanQuery } from '../dial-plan/dial-plan.api.ts';
import { useScope } from '../../shell/scope.ts';
import { SelectField, TextField } from '../../ui/controls.tsx';

interface UserFieldsProps {
  readonly value: WriteUser;
  readonly onChange: (value: WriteUser) => void;
  readonly errors: Readonly<Partial<Record<keyof WriteUser, string | undefined>>>;
  readonly saved?: WriteUser;
  readonly autoFocus?: boolean;
}

export const USER_LABELS: Readonly<Record<keyof WriteUser, string>> = { displayName: 'Name', email: 'E-mail', siteId: 'Site', callingProfileId: 'Calling profile' };

export function UserFields({ value, onChange, errors, saved, autoFocus = false }: UserFieldsProps) {
  const { sites, switchId } = useScope();
  const plan = useQuery({ ...dialPlanQuery(switchId), enabled: switchId !== '' });
  const profiles = plan.data?.callingProfiles ?? [];
  const set = <K extends keyof WriteUser>(key: K, next: WriteUser[K]) => onChange({ ...value, [key]: next });
  const isDirty = (key: keyof WriteUser) => saved !== undefined && saved[key] !== value[key];
  const knowsProfile = value.callingProfileId === '' || profiles.some((each) => each.id === value.callingProfileId);
  return (
    <>
      <TextField label="Name" autoFocus={autoFocus} value={value.displayName} dirty={isDirty('displayName')} error={errors.displayName} hint="Shown to people and as the caller's name." onChange={(event) => set('displayName', event.target.value)} />
      <TextField label="E-mail" type="email" value={value.email} dirty={isDirty('email')} error={errors.email} hint="May stay empty." onChange={(event) => set('email', event.target.value)} />
      <SelectField label="Site" value={value.siteId} dirty={isDirty('siteId')} error={errors.siteId} hint="Its call settings apply unless the user sets others." onChange={(event) => set('siteId', event.target.value)}>
        {value.siteId === '' ? <option value="">Choose a site</option> : null}
        {sites.map((site) => (
          <option key={site.id} value={site.id}>
            {site.displayName === site.id ? site.id : `${site.displayName} · ${site.id}`}
          </option>
        ))}
      </SelectField>
      <SelectField label="Calling profile" value={value.callingProfileId} dirty={isDirty('callingProfileId')} error={errors.callingProfileId} hint={`What may be dialled. Profiles of ${switchId || 'the switch'}.`} onChange={(event) => set('callingProfileId', event.target.value)}>
        <option value="">Default of the switch{plan.data?.settings.defaultProfileId ? `: ${plan.data.settings.defaultProfileId}` : ''}</option>
        {knowsProfile ? null : <option value={value.callingProfileId}>{value.callingProfileId}, not on this switch</option>}
        {profiles.map((profile) => (
          <option key={profile.id} value={profile.id}>
            {profile.name}
          </option>
        ))}
      </SelectField>
    </>
  );
}
