import { type CallSettings, type CallSettingsView } from '@sfs/rest-contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import type { SavedThing } from '../../edit/effects.api.ts';
import type { Saved } from '../../edit/use-draft.ts';
import type { LayerName } from './settings-words.ts';

/** Whose settings: the tenant's, a site's or a user's. */
export interface SettingsOwner {
  readonly layer: Exclude<LayerName, 'system'>;
  readonly id: string;
}

export const settingsQuery = (owner: SettingsOwner) => queryOptions({ queryKey: ['call-settings', owner.layer, owner.id], queryFn: ({ signal }) => readSettings(owner, signal) });

export function readSettings({ layer, id }: SettingsOwner, signal?: AbortSignal): Promise<CallSettingsView> {
  const options = signal ? { signal } : {};
  if (layer === 'tenant') return request('getTenantCallSettings', options);
  if (layer === 'site') return request('getSiteCallSettings', { path: { id }, ...options });
  return request('getUserCallSettings', { path: { id }, ...options });
}

export function writeSettings({ layer, id }: SettingsOwner, body: CallSettings, tag: string, key: string): Promise<CallSettingsView> {
  if (layer === 'tenant') return request('putTenantCallSettings', { body, tag, key });
  if (layer === 'site') return request('putSiteCallSettings', { path: { id }, body, tag, key });
  return request('putUserCallSettings', { path: { id }, body, tag, key });
}

export function savedSettings({ meta, settings }: CallSettingsView): Saved<CallSettings> {
  return { value: settings, tag: meta.tag, version: meta.version, changedAt: meta.changedAt, actor: meta.actor };
}

export function settingsThing({ layer, id }: SettingsOwner, version: number): SavedThing {
  return { kind: 'call-settings', entityId: layer === 'tenant' ? 'tenant/' : `${layer}/${id}`, version };
}
