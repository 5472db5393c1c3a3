import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { inject } from 'vitest';
import { readConfig } from '@sfs/config';
import { CallSettingsServiceClient, Change, ChangesServiceClient, DirectoryNumbersServiceClient, ImportsServiceClient, MailboxLinksServiceClient, TopologyServiceClient, UsersServiceClient } from '@sfs/contracts';
import { connectClient } from '@sfs/grpc';
import { ensureTopics, follow } from '@sfs/kafka';
import type { RunningService } from '@sfs/service-host';
import { eventually, freePorts } from '@sfs/testing';
import { createTestKeyspace, type TestKeyspace } from '../../../tools/stack/test-keyspace.ts';
import { buildProvisioning } from '../src/build-provisioning.ts';
import { configSchema } from '../src/config.ts';
import { PUBLISHED_KINDS } from '../src/entities/entity-kinds.ts';

export const TOKEN = 'service-token-of-a-test';
export const silent = pino({ level: 'silent' });

/** A keyspace and topics of a suite's own, and the environment a provisioning process needs for them. */
export interface Place {
  readonly env: Record<string, string>;
  readonly prefix: string;
  readonly keyspace: TestKeyspace;
}

export async function openPlace(more: Record<string, string> = {}): Promise<Place> {
  const cassandra = inject('cassandra');
  const { brokers } = inject('kafka');
  const keyspace = await createTestKeyspace('provisioning', cassandra);
  const prefix = `t${randomUUID().slice(0, 8)}.`;
  const topics = [...PUBLISHED_KINDS, 'tick'].map((kind) => `sfs.provisioning.${kind}.v1`);
  // A busy broker needs longer for its leaders than kafkajs waits; what was created by then is found the next time.
  await eventually('the topics', () => ensureTopics({ brokers: [brokers], prefix, topics }).then(() => true), 60_000);
  const [grpcPort = 0, managementPort = 0] = await freePorts(2);
  const env = {
    SFS_PROVISIONING_GRPC_PORT: String(grpcPort),
    SFS_MANAGEMENT_PORT: String(managementPort),
    SFS_PROVISIONING_ENVELOPE_KEY: Buffer.alloc(32, 7).toString('base64'),
    SFS_SERVICE_TOKEN: TOKEN,
    SFS_CASSANDRA_CONTACT_POINTS: cassandra.contactPoint,
    SFS_CASSANDRA_LOCAL_DC: cassandra.dc,
    SFS_CASSANDRA_KEYSPACE: keyspace.keyspace,
    SFS_KAFKA_BROKERS: brokers,
    SFS_KAFKA_TOPIC_PREFIX: prefix,
    ...more,
  };
  return { env, prefix, keyspace };
}

/** The whole app in this process, ready. */
export async function startApp({ env }: Place): Promise<RunningService> {
  const config = readConfig(configSchema, env);
  const service = await buildProvisioning(config, { log: silent, metrics: new Registry(), onFatal: (error) => console.error(error) });
  await eventually('readiness', () => service.health().ready || undefined, 20_000);
  return service;
}

export async function endApp(service: RunningService): Promise<void> {
  await service.drain();
  await service.stop();
}

export interface Clients {
  readonly topology: TopologyServiceClient;
  readonly users: UsersServiceClient;
  readonly numbers: DirectoryNumbersServiceClient;
  readonly settings: CallSettingsServiceClient;
  readonly mailboxes: MailboxLinksServiceClient;
  readonly imports: ImportsServiceClient;
  readonly changes: ChangesServiceClient;
  close(): void;
}

export function connectClients({ env }: Place): Clients {
  const address = `127.0.0.1:${env['SFS_PROVISIONING_GRPC_PORT']}`;
  const clients = {
    topology: connectClient(TopologyServiceClient, address),
    users: connectClient(UsersServiceClient, address),
    numbers: connectClient(DirectoryNumbersServiceClient, address),
    settings: connectClient(CallSettingsServiceClient, address),
    mailboxes: connectClient(MailboxLinksServiceClient, address),
    imports: connectClient(ImportsServiceClient, address),
    changes: connectClient(ChangesServiceClient, address),
  };
  return { ...clients, close: () => Object.values(clients).forEach((client) => client.close()) };
}

/** What a consumer that follows from now on gets. */
export async function openEvents({ env, prefix }: Place): Promise<{ changes: Change[]; close(): Promise<void> }> {
  const changes: Change[] = [];
  const following = follow({
    brokers: [env['SFS_KAFKA_BROKERS'] ?? ''],
    prefix,
    topics: PUBLISHED_KINDS.map((kind) => `sfs.provisioning.${kind}.v1`),
    mode: 'every-replica',
    group: 'spec',
    handle: (_topic, _key, value) => Promise.resolve(void changes.push(Change.decode(value))),
    onConnected: () => undefined,
    log: silent,
  });
  await eventually('a consumer', () => following.connected || undefined, 20_000);
  return { changes, close: () => following.close() };
}
