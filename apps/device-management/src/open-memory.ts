import { requireSchema, type CqlSession } from '@sfs/cassandra';
import { gatedChangeLog, type ChangeLog } from '@sfs/change-log';
import type { ServiceHost } from '@sfs/service-host';
import type { Config } from './config.ts';
import { Packs, readPacks } from './devices/packs.ts';
import { ProjectedDevices } from './devices/projected-devices.ts';
import { ProjectedDirectory } from './directory/projected-directory.ts';
import { EnrolmentService } from './enrolment/enrolment.service.ts';
import { remembering, type EntityState, type EntityStore } from './entities/entities.store.ts';
import { FactWriter } from './facts/fact-writer.ts';
import { FactsMetrics } from './facts/facts.metrics.ts';
import { FactsService } from './facts/facts.service.ts';
import { CassandraFacts } from './facts/facts.store.cassandra.ts';
import { StatusBoard } from './facts/status-board.ts';
import { WaitingList } from './facts/waiting-list.ts';

export interface MemoryParts {
  readonly config: Config;
  readonly host: ServiceHost;
  readonly session: CqlSession;
  readonly changeLog: ChangeLog;
}

/** What everything else asks: all of it out of memory, kept by the sources and by what is written here. */
export interface Memory {
  readonly packs: Packs;
  readonly directory: ProjectedDirectory;
  readonly known: ProjectedDevices;
  readonly enrolment: EnrolmentService;
  readonly facts: FactsService;
  readonly waiting: WaitingList;
  readonly writer: FactWriter;
  readonly store: EntityStore;
}

const MINIMUM_SCHEMA = 1;

export function openMemory({ config, host: { log, metrics }, session, changeLog }: MemoryParts): Memory {
  const now = Date.now;
  const packs = readPacks(config.SFS_DEVICES_PACKS_DIR);
  const directory = new ProjectedDirectory();
  const known = new ProjectedDevices((tenant, switchId) => directory.siteOf(tenant, switchId));
  const factsMetrics = new FactsMetrics(metrics);
  const parts = { store: new CassandraFacts(session, () => changeLog.ready()), board: new StatusBoard(), list: new WaitingList(), log };
  const writer = new FactWriter({ ...parts, lost: factsMetrics.lost });
  factsMetrics.watch(() => writer.open);
  const facts = new FactsService({
    ...parts,
    writer,
    isEntered: (mac) => known.find(mac) !== undefined,
    // Before the devices are loaded nobody can be called a stranger.
    hasTenant: (tenant) => known.isLoaded && directory.hasTenant(tenant),
    now,
  });
  known.onChanged((macs) => facts.entered(macs, (mac) => known.find(mac)?.tenant));
  const store = remembering(gatedChangeLog(changeLog), (state) => apply(state));
  const enrolment = new EnrolmentService({ store, known, facts, addressOf: (tenant, mac) => facts.addressOf(tenant, mac), now, log });
  const apply = (state: EntityState): void => (state.kind === 'enrolment' ? enrolment.apply(state) : known.apply(state));
  return { packs, directory, known, enrolment, facts, waiting: parts.list, writer, store };
}

/** The store answers and fits this program. */
export async function contact(session: CqlSession, changeLog: ChangeLog, keyspace: string): Promise<void> {
  await requireSchema(session, keyspace, MINIMUM_SCHEMA);
  await changeLog.ready();
}
