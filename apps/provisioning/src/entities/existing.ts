import { DomainError } from '@sfs/kernel';
import { find, type Entity } from './bodies.ts';
import { checkNumber, isUserId } from './check-input.ts';
import { dnId } from './dn-id.ts';
import type { EntityStore } from './entities.store.ts';

const missing = (code: string, message: string, field: string, remedy: string): DomainError => new DomainError('not-found', code, message, { field, remedy });

export async function getTenant(store: EntityStore, tenant: string): Promise<Entity<'tenant'>> {
  const found = await find(store, tenant, 'tenant', tenant);
  if (!found) throw missing('tenants/unknown', `There is no tenant ${tenant}`, 'tenant', 'Create the tenant first.');
  return found;
}

export async function getSite(store: EntityStore, tenant: string, id: string): Promise<Entity<'site'>> {
  const found = await find(store, tenant, 'site', id.slice(0, 64));
  if (!found) throw missing('sites/unknown', 'There is no such site', 'siteId', 'Choose one of the sites of this tenant.');
  return found;
}

export async function getSwitch(store: EntityStore, tenant: string, id: string): Promise<Entity<'switch'>> {
  const found = await find(store, tenant, 'switch', id.slice(0, 64));
  if (!found) throw missing('switches/unknown', 'There is no such switch', 'switchId', 'Choose one of the switches of this tenant.');
  return found;
}

export async function getUser(store: EntityStore, tenant: string, id: string, field = 'userId'): Promise<Entity<'user'>> {
  const found = isUserId(id) ? await find(store, tenant, 'user', id) : undefined;
  if (!found) throw missing('users/unknown', 'There is no such user', field, 'Choose one of the users of this tenant.');
  return found;
}

export async function getNumber(store: EntityStore, tenant: string, key: { readonly switchId: string; readonly number: string }): Promise<Entity<'dn'>> {
  const number = checkNumber(key.number);
  const found = await find(store, tenant, 'dn', dnId({ switchId: key.switchId.slice(0, 64), number }));
  if (!found) throw missing('directory-numbers/unknown', `There is no number ${number} on this switch`, 'number', 'Choose one of the numbers of the switch.');
  return found;
}
