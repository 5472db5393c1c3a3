import type { ChangeRecord, ChangesQuery, CommitRequest, EntityState, ListQuery, PageOf, RowChange } from '@sfs/change-log';

export type { ChangeRecord, CommitRequest, EntityState, ListQuery, PageOf, RowChange };

/** What the slices need of the change log; every rule that must hold between two writers is a condition of `commit`. */
export interface EntityStore {
  /** deleted entities come back with `deleted: true` */
  read(tenant: string, kind: string, id: string): Promise<EntityState | undefined>;
  /** conflict `change-log/stale` or `change-log/exists` (details: kind, id, currentTag of the row); unavailable with details.outcomeUnknown */
  commit(request: CommitRequest): Promise<readonly EntityState[]>;
  list(tenant: string, list: string, query: ListQuery): Promise<PageOf<EntityState>>;
  changes(tenant: string, query: ChangesQuery): Promise<PageOf<ChangeRecord>>;
  loadAll(kinds: readonly string[]): AsyncIterable<EntityState>;
}
