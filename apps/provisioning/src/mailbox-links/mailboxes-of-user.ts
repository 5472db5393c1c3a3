import { asBody, type Entity } from '../entities/bodies.ts';
import type { EntityStore, RowChange } from '../entities/entities.store.ts';
import { LISTS } from '../entities/entity-kinds.ts';
import { readList } from '../entities/read-list.ts';

/** In order of their numbers; shorter ones first. */
export async function mailboxesOf(store: EntityStore, tenant: string, userId: string): Promise<Entity<'mailbox-link'>[]> {
  const links = await readList(store, tenant, 'mailbox-link', LISTS.mailboxesOfUser(userId));
  return links.filter(({ body }) => body.userId === userId).sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
}

/** The mailbox without its user; its messages stay. */
export function unlinkRow(link: Entity<'mailbox-link'>): RowChange {
  return { kind: 'mailbox-link', id: link.id, expect: { tag: link.tag }, body: asBody('mailbox-link', link.body), deleted: true };
}
