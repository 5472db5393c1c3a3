import type { ChangeLog } from './change-log.ts';

export type GatedChangeLog = Pick<ChangeLog, 'read' | 'commit' | 'list' | 'changes' | 'loadAll' | 'claimName' | 'findName'>;

/** The change log behind its schema gate: nothing is read or written before the keyspace is known to fit this program. */
export function gatedChangeLog(changeLog: ChangeLog): GatedChangeLog {
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
    claimName: async (scope, name, tenant) => (await opened()).claimName(scope, name, tenant),
    findName: async (scope, name) => (await opened()).findName(scope, name),
  };
}
