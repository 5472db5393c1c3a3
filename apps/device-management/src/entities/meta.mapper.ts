import type { DevicesMeta } from '@sfs/contracts';
import type { Entity } from '../projection/entity.ts';

export function toMeta({ version, tag, changedAt, actor, site }: Omit<Entity, 'body'>): DevicesMeta {
  return { version, tag, changedAt, actor, site };
}
