import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { inject } from 'vitest';
import { readConfig } from '@sfs/config';
import { DecisionsServiceClient, PlanServiceClient } from '@sfs/contracts';
import { connectClient, type CallContext } from '@sfs/grpc';
import { ensureTopics } from '@sfs/kafka';
import { CuttableLine, eventually, freePorts } from '@sfs/testing';
import { createTestKeyspace, type TestKeyspace } from '../../../tools/stack/test-keyspace.ts';
import { buildDialPlan, type RunningDialPlan } from '../src/build.ts';
import { dialPlanConfig } from '../src/config.ts';
import { DIRECTORY_KINDS, PLAN_KINDS } from '../src/projection/entity.ts';
import { silent } from './rig.ts';
import { StubProvisioning } from './stub-provisioning.ts';

const WORKER = {
  url: new URL('../src/projection/compiler-thread.ts', import.meta.url),
  execArgv: ['--import', new URL('../../../tools/run/alias.mjs', import.meta.url).href],
};

/** A keyspace, topics, a snapshot folder and neighbours of a suite's own. Stores are reached over lines that can be cut. */
export interface Place {
  readonly env: Record<string, string>;
  readonly provisioning: StubProvisioning;
  readonly lines: { readonly cassandra: CuttableLine; readonly kafka: CuttableLine };
  readonly snapshots: string;
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const cassandra = inject('cassandra');
  const { brokers } = inject('kafka');
  const keyspace: TestKeyspace = await createTestKeyspace('dial-plan', cassandra);
  const prefix = `t${randomUUID().slice(0, 8)}.`;
  const topics = [...[...DIRECTORY_KINDS, 'tick'].map((kind) => `sfs.provisioning.${kind}.v1`), ...[...PLAN_KINDS, 'tick'].map((kind) => `sfs.dialplan.${kind}.v1`)];
  // A busy broker may not know its own new topics for a moment.
  await eventually('the topics', () => ensureTopics({ brokers: [brokers], prefix, topics }).then(() => true), 30_000);
  const [grpcPort = 0, provisioningPort = 0, cassandraPort = 0, kafkaPort = 0] = await freePorts(4);
  const snapshots = mkdtempSync(join(tmpdir(), 'sfs-dial-plan-'));
  const lines = { cassandra: new CuttableLine(cassandraPort, cassandra.contactPoint), kafka: new CuttableLine(kafkaPort, brokers) };
  await Promise.all([lines.cassandra.heal(), lines.kafka.heal()]);
  const provisioning = new StubProvisioning(provisioningPort, { brokers, prefix });
  await provisioning.start();
  return {
    provisioning,
    lines,
    snapshots,
    env: {
      SFS_DIALPLAN_HTTP_PORT: '0',
      SFS_DIALPLAN_GRPC_PORT: String(grpcPort),
      SFS_DIALPLAN_SWITCHES: 'site-a',
      SFS_DIALPLAN_SNAPSHOT_DIR: snapshots,
      SFS_DIALPLAN_SNAPSHOT_KEY: 'a key of this test',
      SFS_DIALPLAN_PROVISIONING: `127.0.0.1:${provisioningPort}`,
      SFS_CASSANDRA_CONTACT_POINTS: `127.0.0.1:${cassandraPort}`,
      SFS_CASSANDRA_LOCAL_DC: cassandra.dc,
      SFS_CASSANDRA_KEYSPACE: keyspace.keyspace,
      SFS_KAFKA_BROKERS: `127.0.0.1:${kafkaPort}`,
      SFS_KAFKA_TOPIC_PREFIX: prefix,
    },
    close: async () => {
      await provisioning.close();
      await Promise.all([lines.cassandra.cut(), lines.kafka.cut()]);
      rmSync(snapshots, { recursive: true });
      await keyspace.drop();
    },
  };
}

export interface Running {
  readonly service: RunningDialPlan;
  readonly metrics: Registry;
  readonly url: string;
  heartbeat(): Promise<number>;
  ask(given?: Record<string, unknown>): Promise<{ status: number; body: Record<string, unknown> }>;
  end(): Promise<void>;
}

/** The whole app in this process. */
export async function startApp({ env }: Place): Promise<Running> {
  const metrics = new Registry();
  const host = { log: silent, metrics, onFatal: (error: unknown) => console.error(error) };
  const service = await buildDialPlan(host, readConfig(dialPlanConfig, env), WORKER);
  const url = `http://127.0.0.1:${service.httpPort}/site-a`;
  return {
    service,
    metrics,
    url,
    heartbeat: async () => (await fetch(url)).status,
    ask: async (given = {}) => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify({ callId: `c-${randomUUID()}`, from: '1001', to: '1002', origin: 'internal', ...given }) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    end: async () => {
      await service.drain();
      await service.stop();
    },
  };
}

export const context: CallContext = { tenant: 'default', requestId: 'spec', actor: 'admin' };

export interface Clients {
  readonly plans: PlanServiceClient;
  readonly decisions: DecisionsServiceClient;
  close(): void;
}

export function connectClients({ env }: Place): Clients {
  const address = `127.0.0.1:${env['SFS_DIALPLAN_GRPC_PORT']}`;
  const plans = connectClient(PlanServiceClient, address);
  const decisions = connectClient(DecisionsServiceClient, address);
  return { plans, decisions, close: () => [plans, decisions].forEach((client) => client.close()) };
}
