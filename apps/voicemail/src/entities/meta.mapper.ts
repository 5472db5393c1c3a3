import type { MailboxMeta } from '@sfs/contracts';
import type { EntityState } from './entities.store.ts';

export function toMeta({ version, tag, changedAt, actor, site }: Omit<EntityState, 'body'>): MailboxMeta {
  return { version, tag, changedAt, actor, site };
}
