import { asEntity, type Entity, type Kind } from './bodies.ts';
import type { EntityStore } from './entities.store.ts';

/** The whole of a list that is short by nature (sites, switches, numbers of a user). */
export async function readList<K extends Kind>(store: EntityStore, tenant: string, _kind: K, list: string): Promise<Entity<K>[]> {
  const found: Entity<K>[] = [];
  let pageToken = '';
  do {
    const page = await store.list(tenant, list, { pageSize: 200, ...(pageToken === '' ? {} : { pageToken }) });
    found.push(...page.items.filter(({ deleted }) => !deleted).map((state) => asEntity<K>(state)));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return found;
}
