import type { ChangeRecord, ChangesQuery, CommitRequest, EntityState, PageOf, RowChange } from '@sfs/change-log';

export type { ChangeRecord, ChangesQuery, CommitRequest, EntityState, PageOf, RowChange };

/** What the slices need of the change log; every rule that must hold between two writers is a condition of `commit`. */
export interface EntityStore {
  /** deleted entities come back with `deleted: true` */
  read(tenant: string, kind: string, id: string): Promise<EntityState | undefined>;
  /** conflict `change-log/stale` or `change-log/exists` (details: currentTag); unavailable with details.outcomeUnknown */
  commit(request: CommitRequest): Promise<readonly EntityState[]>;
  changes(tenant: string, query: ChangesQuery): Promise<PageOf<ChangeRecord>>;
  /** true: the name is this tenant's, now or already before */
  claimName(scope: string, name: string, tenant: string): Promise<boolean>;
}

/** Where a write through this replica is seen at once. */
export interface Remembers {
  apply(state: EntityState): void;
}
