import type { DeviceLayer, DeviceSettings } from '@sfs/rest-contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ConflictDialog } from '../../edit/conflict-dialog.tsx';
import { LeaveGuard } from '../../edit/leave-guard.tsx';
import { useDraft } from '../../edit/use-draft.ts';
import { siteWords } from '../../shell/scope.ts';
import { SelectField } from '../../ui/controls.tsx';
import { layout } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import { sitesQuery } from '../system/topology.api.ts';
import { DeviceSettingsForm } from './device-settings.form.tsx';
import { diffSettings, effectiveWith, SETTING_KEYS, SETTING_LABELS, type SettingKey, settingWords } from './device-settings-words.ts';
import { layerQuery, readLayer, savedLayer, writeLayer } from './profiles.api.ts';
import { settingErrors, settingServerErrors } from './setting-errors.ts';

/** What phones are told until a profile or the device says otherwise: of the tenant, or of one site. */
export function LayerSettings() {
  const { site = '' } = useSearch({ from: '/app/system' });
  const navigate = useNavigate();
  const sites = useQuery(sitesQuery);
  const layer = useQuery(layerQuery(site));
  const name = site ? `Site ${siteWords(site, sites.data ?? [])}` : 'Tenant';
  return (
    <div className={layout.stack} style={{ maxWidth: 860 }}>
      <div style={{ maxWidth: 260 }}>
        <SelectField label="Device settings of" value={site} onChange={(event) => void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, site: event.target.value || undefined }) })}>
          <option value="">the whole tenant</option>
          {sites.data?.map((each) => (
            <option key={each.id} value={each.id}>
              site {each.displayName}
            </option>
          ))}
        </SelectField>
      </div>
      <QueryState query={layer}>{(data) => <Loaded key={site} siteId={site} layer={data} name={name} />}</QueryState>
    </div>
  );
}

const TENANT_LINK = {
  tenant: (
    <Link to="/system" search={{ tab: 'device-settings' }}>
      Tenant
    </Link>
  ),
};
const KEYS = [...SETTING_KEYS, 'vendorParameters'] as const;

function Loaded({ siteId, layer, name }: { readonly siteId: string; readonly layer: DeviceLayer; readonly name: string }) {
  const client = useQueryClient();
  const own = siteId ? 'site' : 'tenant';
  const names = { [own]: name };
  const remember = (next: DeviceLayer) => {
    client.setQueryData(layerQuery(siteId).queryKey, next);
    for (const queryKey of [['device-settings'], ['device'], ['devices'], ['changes']]) void client.invalidateQueries({ queryKey });
    return savedLayer(next);
  };
  const draft = useDraft<DeviceSettings>({
    saved: savedLayer(layer),
    write: async (value, tag, key) => remember(await writeLayer(siteId, value, tag, key)),
    reload: async () => remember(await readLayer(siteId)),
    undoable: true,
    done: 'Saved. Phones whose file changes are asked to fetch, a few at a time.',
  });
  const { effective } = layer;
  const local = settingErrors(draft.value);
  const words = (key: keyof DeviceSettings, value: DeviceSettings) =>
    key === 'vendorParameters' ? Object.entries(value.vendorParameters ?? {}).map(([each, text]) => `${each}=${text}`).join(', ') || 'none' : value[key] === undefined ? `follows: ${settingWords(key, effectiveWith(effective, key, own, undefined).value)}` : settingWords(key, value[key]);
  return (
    <>
      <DeviceSettingsForm own={own} effective={effective} names={names} links={siteId ? TENANT_LINK : {}} saved={draft.base.value} value={draft.value} errors={{ ...settingServerErrors(draft.error), ...local }} onChange={draft.change} />
      <SaveSlot>
        <SaveBar lines={diffSettings(draft.base.value, draft.value, { effective, own, names })} saving={draft.saving} error={draft.error} outcome={draft.outcome} blocked={Object.values(local)[0]} promise="Phones whose file changes are asked to fetch" onSave={draft.save} onDiscard={draft.discard} onUndo={draft.undo} />
      </SaveSlot>
      <ConflictDialog subject={`Device settings of ${name.toLowerCase()} were`} keys={KEYS} label={(key) => (key === 'vendorParameters' ? 'Vendor parameters' : SETTING_LABELS[key as SettingKey])} words={words} draft={draft} />
      <LeaveGuard dirty={draft.dirty} />
    </>
  );
}
