import type { ChangeLog } from '@sfs/change-log';
import type { EntityStore } from './entities.store.ts';

/** The change log behind its schema gate: nothing is read or written before the keyspace is known to fit this program. */
export function gatedStore(changeLog: ChangeLog): EntityStore {
  const opened = async (): Promise<ChangeLog> => {
    await changeLog.ready();
    return changeLog;
  };
  return {
    read: async (tenant, kind, id) => (await opened()).read(tenant, kind, id),
    commit: async (request) => (await opened()).commit(request),
    list: async (tenant, list, query) => (await opened()).list(tenant, list, query),
    changes: async (tenant, query) => (await opened()).changes(tenant, query),
    loadAll: async function* (kinds) {
      yield* (await opened()).loadAll(kinds);
    },
  };
}
