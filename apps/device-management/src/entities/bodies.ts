import { DomainError } from '@sfs/kernel';
import type { DeviceSettings } from '@sfs/phone-config';
import type { Entity as AnyEntity } from '@sfs/projection';
import type { EntityStore } from './entities.store.ts';

/** What is stored of each kind, and what events carry; settings as REST names them. */
export interface Bodies {
  device: DeviceBody;
  'device-profile': ProfileBody;
  'device-layer': LayerBody;
  enrolment: EnrolmentBody;
  'device-reveal': { mac: string };
}

export interface DeviceBody {
  mac: string;
  vendor: string;
  model: string;
  label: string;
  switchId: string;
  number: string;
  profileId: string;
  settings: DeviceSettings;
  credentialGeneration: number;
}

export interface ProfileBody {
  id: string;
  name: string;
  settings: DeviceSettings;
}

export interface LayerBody {
  layer: 'tenant' | 'site';
  id: string;
  settings: DeviceSettings;
}

export interface EnrolmentBody {
  mac: string;
  /** ISO time */
  openUntil: string;
  /** '' = any */
  address: string;
  state: 'open' | 'taken' | 'used' | 'closed';
}

export type Kind = keyof Bodies;
export type Entity<K extends Kind> = Omit<AnyEntity, 'body'> & { readonly body: Bodies[K] };

export function asEntity<K extends Kind>(state: AnyEntity): Entity<K> {
  return state as unknown as Entity<K>;
}

/** The body as the store wants it. */
export function asBody<K extends Kind>(_kind: K, body: Bodies[K]): Record<string, unknown> {
  return { ...body };
}

export const layerId = (layer: string, id: string): string => `${layer}/${id}`;

/** The entity unless it is deleted. */
export async function find<K extends Kind>(store: Pick<EntityStore, 'read'>, tenant: string, kind: K, id: string): Promise<Entity<K> | undefined> {
  const state = await store.read(tenant, kind, id);
  return state === undefined || state.deleted ? undefined : asEntity<K>(state);
}

export async function getDevice(store: Pick<EntityStore, 'read'>, tenant: string, mac: string): Promise<Entity<'device'>> {
  const found = await find(store, tenant, 'device', mac);
  if (!found) throw unknownDevice();
  return found;
}

export function unknownDevice(): DomainError {
  return new DomainError('not-found', 'devices/unknown', 'There is no such device', { field: 'mac', remedy: 'Check the MAC; a phone that only waits has to be assigned first.' });
}
