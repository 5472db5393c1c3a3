import { ChangesServiceClient } from '@sfs/contracts';
import { connectClient, streamOf } from '@sfs/grpc';
import { type Following, kafkaOptions, SourceLoader } from '@sfs/kafka';
import type { ServiceHost } from '@sfs/service-host';
import type { ChangeLog, EntityState } from '@sfs/change-log';
import type { Config } from './config.ts';
import { DIRECTORY_KINDS, type ProjectedDirectory } from './directory/directory.service.ts';
import type { KnownMailboxes } from './mailboxes/known-mailboxes.ts';
import { type Entity, entityOf, followChanges } from '@sfs/projection';

export interface SourcesParts {
  readonly config: Config;
  readonly host: ServiceHost;
  readonly changeLog: ChangeLog;
  readonly directory: ProjectedDirectory;
  readonly known: KnownMailboxes;
}

export interface Sources {
  readonly following: boolean;
  stop(): Promise<void>;
}

const LOAD_WITHIN_MS = 120_000;

/** What is kept in memory: provisioning's directory and our own mailboxes. Nothing is waited for; each source comes and goes. */
export function openSources({ config, host: { log, metrics }, changeLog, directory, known }: SourcesParts): Sources {
  const kafka = kafkaOptions(config);
  const provisioning = connectClient(ChangesServiceClient, config.SFS_VOICEMAIL_PROVISIONING);

  async function* directoryState(): AsyncGenerator<Entity> {
    const context = { tenant: 'default', requestId: `load-${config.SFS_INSTANCE}-${Date.now()}`, actor: 'voicemail' };
    const rules = { deadlineMs: LOAD_WITHIN_MS, token: config.SFS_SERVICE_TOKEN?.reveal() };
    for await (const { change } of streamOf(provisioning, 'loadState', { kinds: [...DIRECTORY_KINDS] }, context, rules)) if (change) yield entityOf(change);
  }
  async function* ownState(): AsyncGenerator<EntityState> {
    await changeLog.ready();
    yield* changeLog.loadAll(['mailbox']);
  }

  const open = (owner: string, topics: readonly string[], load: () => Promise<number>, apply: (entity: Entity) => void): { loader: SourceLoader; following: Following } => {
    const loader: SourceLoader = new SourceLoader({ owner, load, isFollowing: () => following.connected, log });
    const following = followChanges({ kafka, topics, group: `voicemail.${config.SFS_INSTANCE}.${owner}`, onConnected: () => loader.request(), log, metrics }, apply);
    loader.request();
    return { loader, following };
  };
  const both = [
    open('provisioning', DIRECTORY_KINDS.map((kind) => `sfs.provisioning.${kind}.v1`), () => directory.load(directoryState()), (entity) => directory.apply(entity)),
    open('voicemail', ['sfs.voicemail.mailbox.v1'], () => known.load(ownState()), (entity) => known.apply(entity)),
  ];

  return {
    get following() {
      return both.every(({ following }) => following.connected);
    },
    stop: async () => {
      provisioning.close();
      await Promise.all(both.flatMap(({ loader, following }) => [loader.stop(), following.close()]));
    },
  };
}
