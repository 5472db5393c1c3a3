import { asBody, type Entity } from '../entities/bodies.ts';
import type { EntityStore, RowChange } from '../entities/entities.store.ts';
import { LISTS } from '../entities/entity-kinds.ts';
import { readList } from '../entities/read-list.ts';

export async function numbersOf(store: EntityStore, tenant: string, userId: string): Promise<Entity<'dn'>[]> {
  const numbers = await readList(store, tenant, 'dn', LISTS.numbersOfUser(userId));
  return numbers.filter(({ body }) => body.userId === userId);
}

/** The number without its user. It keeps its SIP password: the phone on the desk still registers. */
export function releaseRow(number: Entity<'dn'>): RowChange {
  return { kind: 'dn', id: number.id, expect: { tag: number.tag }, body: asBody('dn', { ...number.body, userId: '' }) };
}
