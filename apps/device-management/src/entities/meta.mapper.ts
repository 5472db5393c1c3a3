import type { DevicesMeta } from '@sfs/contracts';
import type { EntityState } from './entities.store.ts';

export function toMeta({ version, tag, changedAt, actor, site }: Omit<EntityState, 'body'>): DevicesMeta {
  return { version, tag, changedAt, actor, site };
}
