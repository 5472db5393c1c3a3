import { changeTopic, type ChangeLog, type EntityState } from '@sfs/change-log';
import { ChangesServiceClient } from '@sfs/contracts';
import { connectClient, streamOf } from '@sfs/grpc';
import { kafkaOptions, SourceLoader, type Following } from '@sfs/kafka';
import type { ServiceHost } from '@sfs/service-host';
import type { Config } from './config.ts';
import { DEVICE_KINDS, type ProjectedDevices } from './devices/projected-devices.ts';
import { DIRECTORY_KINDS, type ProjectedDirectory } from './directory/projected-directory.ts';
import type { EnrolmentService } from './enrolment/enrolment.service.ts';
import { PUBLISHED_KINDS } from './entities/entity-kinds.ts';
import type { FactsService } from './facts/facts.service.ts';
import { type Entity, entityOf, followChanges } from '@sfs/projection';

export interface SourcesParts {
  readonly config: Config;
  readonly host: ServiceHost;
  readonly changeLog: ChangeLog;
  readonly directory: ProjectedDirectory;
  readonly known: ProjectedDevices;
  readonly enrolment: EnrolmentService;
  readonly facts: FactsService;
}

export interface Sources {
  readonly following: boolean;
  stop(): Promise<void>;
}

const LOAD_WITHIN_MS = 120_000;
/** Until what another replica saw of a phone is seen here. */
const FACTS_EVERY = { following: 15_000, alone: 15_000 };

/** What is kept in memory: provisioning's directory, our own devices and windows, what was seen of phones. Nothing is waited for; each source comes and goes. */
export function openSources({ config, host: { log, metrics }, changeLog, directory, known, enrolment, facts }: SourcesParts): Sources {
  const kafka = kafkaOptions(config);
  const provisioning = connectClient(ChangesServiceClient, config.SFS_DEVICES_PROVISIONING);

  async function* directoryState(): AsyncGenerator<Entity> {
    const context = { tenant: 'default', requestId: `load-${config.SFS_INSTANCE}-${Date.now()}`, actor: 'device-management' };
    const rules = { deadlineMs: LOAD_WITHIN_MS, token: config.SFS_SERVICE_TOKEN?.reveal() };
    for await (const { change } of streamOf(provisioning, 'loadState', { kinds: [...DIRECTORY_KINDS] }, context, rules)) if (change) yield entityOf(change);
  }
  async function* ownState(kinds: readonly string[]): AsyncGenerator<EntityState> {
    await changeLog.ready();
    yield* changeLog.loadAll(kinds);
  }
  const factsLoader = new SourceLoader({ owner: 'facts', load: () => facts.refresh(), isFollowing: () => true, log, everyMs: FACTS_EVERY });
  const loadOwn = async (): Promise<number> => {
    // Windows first: a device that is known without its window would send its phone away.
    const windows = await enrolment.load(ownState(['enrolment']));
    const news = await known.load(ownState(DEVICE_KINDS));
    if (factsLoader.loads === 0) factsLoader.request();
    return windows + news;
  };
  const applyOwn = (entity: Entity): void => (entity.kind === 'enrolment' ? enrolment.apply(entity) : known.apply(entity));

  const open = (owner: 'provisioning' | 'devices', kinds: readonly string[], load: () => Promise<number>, apply: (entity: Entity) => void): { loader: SourceLoader; following: Following } => {
    const loader: SourceLoader = new SourceLoader({ owner, load, isFollowing: () => following.connected, log });
    const topics = kinds.map((kind) => changeTopic(owner, kind));
    const following = followChanges({ kafka, topics, group: `devices.${config.SFS_INSTANCE}.${owner}`, onConnected: () => loader.request(), log, metrics }, apply);
    loader.request();
    return { loader, following };
  };
  const both = [
    open('provisioning', DIRECTORY_KINDS, () => directory.load(directoryState()), (entity) => directory.apply(entity)),
    open('devices', PUBLISHED_KINDS, loadOwn, applyOwn),
  ];

  return {
    get following() {
      return both.every(({ following }) => following.connected);
    },
    stop: async () => {
      provisioning.close();
      await Promise.all([factsLoader.stop(), ...both.flatMap(({ loader, following }) => [loader.stop(), following.close()])]);
    },
  };
}
