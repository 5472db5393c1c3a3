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

/** The same store; what is written through it is seen in memory before the caller is answered. */
export function remembering(store: EntityStore, apply: (state: EntityState) => void): EntityStore {
  return {
    read: (tenant, kind, id) => store.read(tenant, kind, id),
    changes: (tenant, query) => store.changes(tenant, query),
    claimName: (scope, name, tenant) => store.claimName(scope, name, tenant),
    commit: async (request) => {
      const states = await store.commit(request);
      for (const state of states) apply(state);
      return states;
    },
  };
}
