import type { MailboxLink } from '@sfs/contracts';
import type { Entity } from '../entities/bodies.ts';
import { toMeta } from '../entities/meta.mapper.ts';

export function toMailboxLink(state: Entity<'mailbox-link'>): MailboxLink {
  const { mailbox, userId } = state.body;
  return { meta: toMeta(state), mailbox, userId };
}
