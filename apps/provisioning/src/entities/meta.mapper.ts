import type { Meta } from '@sfs/contracts';
import type { EntityState } from './entities.store.ts';

export function toMeta({ version, tag, changedAt, actor, site }: Omit<EntityState, 'body'>): Meta {
  return { version, tag, changedAt, actor, site };
}
