import type { Logger } from 'pino';
import type { DialPlanVariables } from '../config.ts';
import type { Projection } from '../projection/projection.service.ts';
import type { TickLog } from '../projection/source-ages.ts';
import { SnapshotService } from './snapshot.service.ts';
import { SnapshotStore } from './snapshot.store.ts';

export interface OpenedSnapshot {
  readonly store: SnapshotStore;
  readonly service: SnapshotService;
}

export interface SnapshotWiring {
  readonly config: Pick<DialPlanVariables, 'SFS_DIALPLAN_SNAPSHOT_DIR' | 'SFS_DIALPLAN_SNAPSHOT_KEY' | 'SFS_INSTANCE'>;
  readonly projection: Projection;
  readonly ticks: TickLog;
  readonly log: Logger;
}

/** Reads the last good state, so that calls are decided before any store was asked, and keeps it up to date from then on. */
export async function openSnapshot({ config, projection, ticks, log }: SnapshotWiring): Promise<OpenedSnapshot | undefined> {
  const { SFS_DIALPLAN_SNAPSHOT_DIR: folder, SFS_DIALPLAN_SNAPSHOT_KEY: key, SFS_INSTANCE: instance } = config;
  if (folder === undefined || !key) {
    log.warn('no snapshot folder: a restart without the stores cannot route calls');
    return undefined;
  }
  const store = new SnapshotStore(folder, key, log);
  const snapshot = await store.load();
  if (snapshot) {
    projection.restore(snapshot.entities, snapshot.head.switches);
    ticks.restore(snapshot.head.ticks);
    ticks.loadedFrom = 'snapshot';
    await projection.settled();
  }
  return { store, service: new SnapshotService({ store, projection, ticks, instance, log }) };
}
