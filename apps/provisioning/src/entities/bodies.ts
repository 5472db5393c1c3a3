import type { EntityState, EntityStore } from './entities.store.ts';

/** What is stored of each kind: proto JSON of the entity without its meta, so that an event needs no second shape. */
export interface Bodies {
  tenant: { id: string; displayName: string };
  site: { id: string; displayName: string };
  switch: { id: string; displayName: string; siteId: string; sipDomain: string };
  user: UserBody;
  dn: DnBody;
  'mailbox-link': { mailbox: string; userId: string };
  'call-settings': { layer: string; id: string; settings: Record<string, unknown> };
  'sip-credential': CredentialBody;
}

export interface UserBody {
  id: string;
  displayName: string;
  email: string;
  siteId: string;
  callingProfileId: string;
  /** only in the last state of a deleted user: what was released with it */
  numbers?: readonly NumberRef[];
  callSettingsRemoved?: boolean;
}

export interface NumberRef {
  readonly switchId: string;
  readonly number: string;
}

export interface DnBody {
  switchId: string;
  number: string;
  userId: string;
  hasSipPassword: boolean;
}

/** Never published. A removed credential stays as a state, so that a registrar that was away still learns of it. */
export interface CredentialBody {
  switchId: string;
  number: string;
  /** encrypted password; '' = removed */
  sealed: string;
}

export type Kind = keyof Bodies;
export type Entity<K extends Kind> = Omit<EntityState, 'body'> & { readonly body: Bodies[K] };

export function asEntity<K extends Kind>(state: EntityState): Entity<K> {
  return state as unknown as Entity<K>;
}

/** The body as the store wants it. */
export function asBody<K extends Kind>(_kind: K, body: Bodies[K]): Record<string, unknown> {
  return { ...body };
}

/** The entity unless it is deleted. */
export async function find<K extends Kind>(store: EntityStore, tenant: string, kind: K, id: string): Promise<Entity<K> | undefined> {
  const state = await store.read(tenant, kind, id);
  return state === undefined || state.deleted ? undefined : asEntity<K>(state);
}
