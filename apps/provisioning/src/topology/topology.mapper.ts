import type { Site, Switch, Tenant } from '@sfs/contracts';
import type { Entity } from '../entities/bodies.ts';
import { toMeta } from '../entities/meta.mapper.ts';

export function toTenant(state: Entity<'tenant'>): Tenant {
  return { meta: toMeta(state), id: state.body.id, displayName: state.body.displayName };
}

export function toSite(state: Entity<'site'>): Site {
  return { meta: toMeta(state), id: state.body.id, displayName: state.body.displayName };
}

export function toSwitch(state: Entity<'switch'>): Switch {
  const { id, displayName, siteId, sipDomain } = state.body;
  return { meta: toMeta(state), id, displayName, siteId, sipDomain };
}
