import type { DevicesMeta } from '@sfs/contracts';
import type { Entity } from '@sfs/projection';

export function toMeta({ version, tag, changedAt, actor, site }: Omit<Entity, 'body'>): DevicesMeta {
  return { version, tag, changedAt, actor, site };
}
