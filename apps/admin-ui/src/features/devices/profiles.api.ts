import type { DeviceLayer, DeviceProfile, DeviceSettings } from '@sfs/rest-contract';
import { queryOptions } from '@tanstack/react-query';
import { newKey, request } from '../../api/request.ts';
import type { Saved } from '../../edit/use-draft.ts';

export type WriteProfile = Pick<DeviceProfile, 'name' | 'settings'>;

export const profilesQuery = queryOptions({ queryKey: ['device-profiles'], queryFn: async ({ signal }) => (await request('listDeviceProfiles', { signal })).items });
export const profileQuery = (id: string) => queryOptions({ queryKey: ['device-profiles', id], queryFn: ({ signal }) => request('getDeviceProfile', { path: { id }, signal }) });

export const putProfile = (id: string, body: WriteProfile, tag: string, key: string) => request('putDeviceProfile', { path: { id }, body, tag, key });
export const deleteProfile = ({ id, meta }: DeviceProfile) => request('deleteDeviceProfile', { path: { id }, tag: meta.tag, key: newKey() });

export function savedProfile({ meta, name, settings }: DeviceProfile): Saved<WriteProfile> {
  return { value: { name, settings }, tag: meta.tag, version: meta.version, changedAt: meta.changedAt, actor: meta.actor };
}

/** The settings of the tenant (''), or of a site. */
export const layerQuery = (siteId: string) =>
  queryOptions({
    queryKey: ['device-settings', siteId],
    queryFn: ({ signal }) => readLayer(siteId, signal),
  });

export function readLayer(siteId: string, signal?: AbortSignal): Promise<DeviceLayer> {
  const options = signal ? { signal } : {};
  return siteId ? request('getSiteDeviceSettings', { path: { id: siteId }, ...options }) : request('getTenantDeviceSettings', options);
}

export function writeLayer(siteId: string, body: DeviceSettings, tag: string, key: string): Promise<DeviceLayer> {
  return siteId ? request('putSiteDeviceSettings', { path: { id: siteId }, body, tag, key }) : request('putTenantDeviceSettings', { body, tag, key });
}

export function savedLayer({ meta, settings }: DeviceLayer): Saved<DeviceSettings> {
  return { value: settings, tag: meta.tag, version: meta.version, changedAt: meta.changedAt, actor: meta.actor };
}
