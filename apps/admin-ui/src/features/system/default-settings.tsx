import type { CallSettingsView } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { siteWords } from '../../shell/scope.ts';
import { SelectField } from '../../ui/controls.tsx';
import { layout } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import { type SettingsOwner, settingsQuery } from '../call-settings/call-settings.api.ts';
import { CallSettingsForm, SettingsSave } from '../call-settings/call-settings.form.tsx';
import { useSettingsDraft } from '../call-settings/use-settings-draft.ts';
import { sitesQuery } from './topology.api.ts';

/** What users follow until they set something themselves: of the tenant, or of one site. */
export function DefaultSettings() {
  const { site = '' } = useSearch({ from: '/app/system' });
  const navigate = useNavigate();
  const sites = useQuery(sitesQuery);
  const owner: SettingsOwner = site ? { layer: 'site', id: site } : { layer: 'tenant', id: '' };
  const settings = useQuery(settingsQuery(owner));
  const name = site ? `Site ${siteWords(site, sites.data ?? [])}` : 'Tenant';
  return (
    <div className={layout.stack} style={{ maxWidth: 760 }}>
      <div style={{ maxWidth: 260 }}>
        <SelectField label="Defaults of" value={site} onChange={(event) => void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, site: event.target.value || undefined }) })}>
          <option value="">the whole tenant</option>
          {sites.data?.map((each) => (
            <option key={each.id} value={each.id}>
              site {each.displayName}
            </option>
          ))}
        </SelectField>
      </div>
      <QueryState query={settings}>{(view) => <Loaded key={`${owner.layer}/${owner.id}`} owner={owner} view={view} name={name} />}</QueryState>
    </div>
  );
}

function Loaded({ owner, view, name }: { readonly owner: SettingsOwner; readonly view: CallSettingsView; readonly name: string }) {
  const names = owner.layer === 'site' ? { site: name } : {};
  const settings = useSettingsDraft(owner, view, names);
  return (
    <>
      <CallSettingsForm owner={owner} view={view} names={names} settings={settings} />
      <SaveSlot>
        <SettingsSave subject={`Call settings of ${name.toLowerCase()} were`} settings={settings} />
      </SaveSlot>
    </>
  );
}
