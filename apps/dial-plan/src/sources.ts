import { cassandraOptions, connectCassandra, requireSchema, type CqlSession } from '@sfs/cassandra';
import { ChangeLog, Relay } from '@sfs/change-log';
import { ChangesServiceClient } from '@sfs/contracts';
import { connectClient, streamOf } from '@sfs/grpc';
import { createPublisher, type Following, kafkaOptions, SourceLoader } from '@sfs/kafka';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { DialPlanVariables } from './config.ts';
import { PLAN_KIND_DEFINITIONS } from './plan/plan-kinds.ts';
import { entityOf, PLAN_KINDS, type Entity, type Owner } from './projection/entity.ts';
import { followOwners } from './projection/projection.consumer.ts';
import type { Projection } from './projection/projection.service.ts';
import type { TickLog } from './projection/source-ages.ts';

export interface SourcesWiring {
  readonly config: DialPlanVariables;
  readonly projection: Projection;
  readonly ticks: TickLog;
  readonly log: Logger;
  readonly metrics: Registry;
}

export interface Sources {
  readonly session: CqlSession;
  readonly changeLog: ChangeLog;
  /** the keyspace was seen to have what this program needs */
  readonly hasSchema: boolean;
  readonly connected: { readonly cassandra: boolean; readonly kafka: boolean };
  stop(): Promise<void>;
}

const MINIMUM_SCHEMA = 2;
const LOAD_WITHIN_MS = 120_000;

/** Everything outside: own store, provisioning, Kafka. Nothing here is waited for; each comes and goes. */
export function openSources({ config, projection, ticks, log, metrics }: SourcesWiring): Sources {
  const keyspace = config.SFS_CASSANDRA_KEYSPACE;
  const kafka = kafkaOptions(config);
  const session = connectCassandra({ ...cassandraOptions(config), log });
  const changeLog = new ChangeLog({ session, keyspace, owner: 'dialplan', site: config.SFS_SITE, kinds: PLAN_KIND_DEFINITIONS, log });
  const publisher = createPublisher({ ...kafka, log });
  const relay = new Relay({ changeLog, publisher, log, metrics, instance: config.SFS_INSTANCE });
  const provisioning = connectClient(ChangesServiceClient, config.SFS_DIALPLAN_PROVISIONING);
  const state = { hasSchema: false };
  let followings: Following[] = [];
  const onLoaded = loadedGate(ticks);

  async function* ownPlans(): AsyncGenerator<Entity> {
    await requireSchema(session, keyspace, MINIMUM_SCHEMA);
    state.hasSchema = true;
    yield* changeLog.loadAll(PLAN_KINDS);
  }
  async function* directory(): AsyncGenerator<Entity> {
    const context = { tenant: 'default', requestId: `load-${config.SFS_INSTANCE}-${Date.now()}`, actor: 'dial-plan' };
    for await (const { change } of streamOf(provisioning, 'loadState', { kinds: [] }, context, { deadlineMs: LOAD_WITHIN_MS, token: config.SFS_SERVICE_TOKEN?.reveal() })) {
      if (change) yield entityOf(change);
    }
  }
  const load = async (owner: Owner, entities: AsyncIterable<Entity>): Promise<number> => {
    const news = await projection.load(owner, entities);
    onLoaded(owner);
    return news;
  };
  const loaders: Record<Owner, SourceLoader> = {
    dialplan: new SourceLoader({ owner: 'dialplan', load: () => load('dialplan', ownPlans()), isFollowing: () => followings[1]?.connected === true, log }),
    provisioning: new SourceLoader({ owner: 'provisioning', load: () => load('provisioning', directory()), isFollowing: () => followings[0]?.connected === true, log }),
  };
  followings = followOwners({ kafka, instance: config.SFS_INSTANCE, projection, ticks, onConnected: (owner) => loaders[owner].request(), log, metrics });
  relay.start();
  for (const loader of Object.values(loaders)) loader.request();

  return {
    session,
    changeLog,
    get hasSchema() {
      return state.hasSchema;
    },
    get connected() {
      return { cassandra: session.connected, kafka: followings.every((following) => following.connected) };
    },
    stop: async () => {
      provisioning.close();
      await Promise.all([...Object.values(loaders).map((loader) => loader.stop()), ...followings.map((following) => following.close()), relay.stop()]);
      await publisher.close();
      await session.close();
    },
  };
}

/** "live" from the moment both owners have been heard since the start. */
function loadedGate(ticks: TickLog): (owner: Owner) => void {
  const live = new Set<Owner>();
  return (owner) => {
    live.add(owner);
    if (live.size === 2) ticks.loadedFrom = 'live';
  };
}
