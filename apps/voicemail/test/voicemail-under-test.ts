import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { inject } from 'vitest';
import { readConfig } from '@sfs/config';
import { MailboxesServiceClient, MessageEvent, MessagesServiceClient } from '@sfs/contracts';
import { connectClient, type CallContext } from '@sfs/grpc';
import { ensureTopics, follow } from '@sfs/kafka';
import { DomainError } from '@sfs/kernel';
import type { RunningService } from '@sfs/service-host';
import { Arrivals, CuttableLine, eventually, freePorts } from '@sfs/testing';
import { createTestKeyspace, type TestKeyspace } from '../../../tools/stack/test-keyspace.ts';
import { buildVoicemail } from '../src/build-voicemail.ts';
import { configSchema } from '../src/config.ts';
import { MESSAGE_TOPIC } from '../src/message-events/message-events.ts';
import type { CallParts } from '../src/start-calls.port.ts';

export const TOKEN = 'service-token-of-a-test';
export const silent = pino({ level: 'silent' });
export const context: CallContext = { tenant: 'default', requestId: 'r-1', actor: 'ann' };
export const rules = { deadlineMs: 20_000, token: TOKEN };

/** A keyspace, topics, a spool and a line to Cassandra of a suite's own. */
export interface Place {
  readonly env: Record<string, string>;
  readonly prefix: string;
  readonly spool: string;
  readonly cassandra: CuttableLine;
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const { brokers } = inject('kafka');
  const node = inject('cassandra');
  const keyspace: TestKeyspace = await createTestKeyspace('voicemail', node);
  const prefix = `t${randomUUID().slice(0, 8)}.`;
  const topics = ['mailbox', 'greeting', 'message', 'tick'].map((kind) => `sfs.voicemail.${kind}.v1`);
  await eventually('the topics', () => ensureTopics({ brokers: [brokers], prefix, topics }).then(() => true), 60_000);
  const [grpcPort = 0, linePort = 0, nobody = 0] = await freePorts(3);
  const cassandra = new CuttableLine(linePort, node.contactPoint);
  await cassandra.heal();
  const spool = await mkdtemp(join(tmpdir(), 'sfs-voicemail-'));
  const env = {
    SFS_VOICEMAIL_GRPC_PORT: String(grpcPort),
    SFS_VOICEMAIL_PEPPER: Buffer.alloc(32, 7).toString('base64'),
    SFS_VOICEMAIL_SPOOL_DIR: spool,
    SFS_VOICEMAIL_PROVISIONING: `127.0.0.1:${nobody}`,
    SFS_SERVICE_TOKEN: TOKEN,
    SFS_CASSANDRA_CONTACT_POINTS: `127.0.0.1:${linePort}`,
    SFS_CASSANDRA_LOCAL_DC: node.dc,
    SFS_CASSANDRA_KEYSPACE: keyspace.keyspace,
    SFS_KAFKA_BROKERS: brokers,
    SFS_KAFKA_TOPIC_PREFIX: prefix,
  };
  return {
    env,
    prefix,
    spool,
    cassandra,
    close: async () => {
      await cassandra.cut();
      await keyspace.drop();
      await rm(spool, { recursive: true, force: true });
    },
  };
}

export interface Running {
  readonly service: RunningService;
  /** what the telephone side is given */
  readonly parts: CallParts;
  readonly mailboxes: MailboxesServiceClient;
  readonly messages: MessagesServiceClient;
  end(): Promise<void>;
}

/** The whole app in this process, ready, without a telephone. */
export async function startApp({ env }: Place, more: Record<string, string> = {}): Promise<Running> {
  const config = readConfig(configSchema, { ...env, ...more });
  let parts: CallParts | undefined;
  const service = await buildVoicemail(config, { log: silent, metrics: new Registry(), onFatal: (error) => console.error(error) }, {
    startCalls: (given) => {
      parts = given;
      return Promise.resolve({ health: () => [], drain: () => Promise.resolve(), stop: () => Promise.resolve() });
    },
  });
  await eventually('readiness', () => service.health().ready || undefined, 30_000);
  if (!parts) throw new Error('the telephone side was not started');
  const address = `127.0.0.1:${config.SFS_VOICEMAIL_GRPC_PORT}`;
  const [mailboxes, messages] = [connectClient(MailboxesServiceClient, address), connectClient(MessagesServiceClient, address)];
  return {
    service,
    parts,
    mailboxes,
    messages,
    end: async () => {
      mailboxes.close();
      messages.close();
      await service.drain();
      await service.stop();
    },
  };
}

/** Message events from now on. */
export async function openEvents({ env, prefix }: Place): Promise<{ arrivals: Arrivals<MessageEvent>; close(): Promise<void> }> {
  const arrivals = new Arrivals<MessageEvent>(({ step, messageId }) => `${step} ${messageId}`);
  const following = follow({
    brokers: [env['SFS_KAFKA_BROKERS'] ?? ''],
    prefix,
    topics: [MESSAGE_TOPIC],
    mode: 'every-replica',
    group: 'spec',
    handle: (_topic, _key, value) => Promise.resolve(arrivals.push(MessageEvent.decode(value))),
    onConnected: () => undefined,
    log: silent,
  });
  await eventually('a consumer', () => following.connected || undefined, 30_000);
  return { arrivals, close: () => following.close() };
}

/** The code of a refusal; 'none' when it was not refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return `${error.kind} ${error.code}`;
  }
}
